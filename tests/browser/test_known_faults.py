"""Faults that other chats' users have seen on their screens; F39 is with the desk's sounds."""

from playwright.sync_api import expect

from tests.browser.pages import PATIENCE_MS, CitizenPage, DeskPage
from tests.browser.watch import CONTACT_LOST

HUMAN = "jag vill prata med en människa"

# From the first frame on, how many messages stand on the page.
COUNT_MESSAGES = """
  window.counts = [];
  const panel = () => document.querySelector("kommun-chat")?.shadowRoot
    ?.querySelector("kommun-chat-panel")?.shadowRoot;
  const count = () => {
    window.counts.push(panel()?.querySelectorAll("li[data-seq]").length ?? 0);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
"""


def test_f35_the_history_comes_once_however_often_the_connection_does(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    """Cognigy/WebchatWidget#412: each reconnect put the history in front again."""
    citizen, agent = talk
    citizen.watch.expect(CONTACT_LOST)
    context = citizen.page.context
    for number in range(3):
        context.set_offline(True)
        agent.write(f"Meddelande {number}")
        expect(agent.log).to_contain_text(f"Meddelande {number}")
        expect(citizen.log).not_to_contain_text(f"Meddelande {number}")
        context.set_offline(False)
        expect(citizen.log).to_contain_text(f"Meddelande {number}", timeout=PATIENCE_MS)
    citizen.has_all(HUMAN)
    agent.reads(citizen, "Meddelande 0", "Meddelande 1", "Meddelande 2")


def test_f36_after_a_reload_no_message_comes_and_goes(talk: tuple[CitizenPage, DeskPage]) -> None:
    """RocketChat/Rocket.Chat.Livechat#351: messages flashed up after a reload, and were gone."""
    citizen, agent = talk
    agent.write("Hej! Vad gäller det?")
    expect(citizen.log).to_contain_text("Hej! Vad gäller det?")
    before = citizen.messages.count()
    citizen.page.add_init_script(COUNT_MESSAGES)
    citizen.reload()
    expect(citizen.messages).to_have_count(before)
    agent.write("Är du kvar?")
    expect(citizen.messages).to_have_count(before + 1)
    counts: list[int] = citizen.page.evaluate("() => window.counts")
    assert counts[-1] == before + 1
    assert counts == sorted(counts), "the number of messages only grows"
