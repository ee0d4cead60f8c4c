"""Reloaded pages, lost networks and blocked sockets: both sides go on, and nothing is lost."""

from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.pages import ANNA, PATIENCE_MS, CitizenPage, DeskPage
from tests.browser.watch import CONTACT_LOST

HUMAN = "jag vill prata med en människa"
NO_SOCKETS = "window.WebSocket = class { constructor() { throw new Error('blocked'); } };"


def test_a_reload_in_the_middle_of_a_talk_keeps_everything_in_order_on_both_sides(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    citizen.write("ett")
    agent.write("två")
    expect(citizen.log).to_contain_text("två")
    citizen.reload()
    citizen.sees_agent()
    citizen.write("tre")
    expect(agent.log).to_contain_text("tre")
    agent.page.reload()
    agent.mine.get_by_role("button").click()
    agent.write("fyra")
    expect(citizen.log).to_contain_text("fyra")
    citizen.has_all(HUMAN, "ett", "tre")
    agent.reads(citizen, "två", "fyra")


def test_a_reload_while_the_bot_is_answering_gives_the_answer_once(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.open_chat().write("vad kostar förskolan")
    citizen_page.reload()
    citizen_page.replies_once(1)
    citizen_page.has_all("vad kostar förskolan")


def test_a_reload_in_the_queue_keeps_the_place(
    citizen_page: CitizenPage, another_citizen_page: CitizenPage
) -> None:
    citizen_page.open_chat().ask_for_a_person()
    another_citizen_page.open_chat().ask_for_a_person()
    citizen_page.reload()
    expect(citizen_page.queue).to_contain_text("Du står först i kön.")
    expect(another_citizen_page.queue).to_contain_text("Du står på plats 2 i kön.")


def test_what_is_written_offline_is_sent_once_when_the_network_is_back(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    citizen_page.open_chat().ask("bygglov")
    context = citizen_page.page.context
    context.set_offline(True)
    citizen_page.write("vad kostar förskolan")
    expect(citizen_page.log).to_contain_text("Inte skickat än. Vi försöker igen.")
    expect(citizen_page.panel.get_by_text("Det du har skrivit är sparat här")).to_be_visible()
    context.set_offline(False)
    citizen_page.replies_once(2)
    expect(citizen_page.panel.get_by_text("Det du har skrivit är sparat här")).to_have_count(0)
    citizen_page.has_all("bygglov", "vad kostar förskolan")


def test_both_sides_of_a_talk_write_offline_and_nothing_is_lost(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, agent = talk
    citizen.watch.expect(CONTACT_LOST)
    for side in (citizen, agent):
        side.page.context.set_offline(True)
        side.write("ett från mig")
        side.write("två från mig")
        expect(side.log).to_contain_text("Inte skickat än.")
    for side in (citizen, agent):
        side.page.context.set_offline(False)
    expect(citizen.log.locator("li.agent")).to_have_count(2, timeout=PATIENCE_MS)
    citizen.has_all(HUMAN, "ett från mig", "två från mig")
    agent.reads(citizen, "ett från mig", "två från mig")


def test_a_message_whose_receipt_was_lost_is_sent_again_and_not_doubled(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    page = citizen_page.page
    page.add_init_script(NO_SOCKETS)
    citizen_page.open_chat().ask("bygglov")
    page.route("**/events?*", lambda route: route.abort())  # or news would be the receipt
    citizen_page.reload()
    lost: list[int] = []

    def deliver_but_lose_the_receipt(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route("**/messages", deliver_but_lose_the_receipt, times=1)
    with page.expect_response("**/messages") as second:
        citizen_page.write("vad kostar förskolan")
    assert (lost, second.value.status) == ([201], 200)
    page.unroute("**/events?*")
    citizen_page.replies_once(2)
    citizen_page.has_all("bygglov", "vad kostar förskolan")


def test_where_sockets_are_forbidden_the_talk_works_by_asking_again(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    for side in (citizen_page, agent_page):
        side.page.add_init_script(NO_SOCKETS)
    agent_page.page.reload()
    expect(agent_page.page.get_by_text("Ansluten (reservväg)")).to_be_visible()
    _talk(citizen_page, agent_page)


def test_where_a_proxy_cuts_sockets_the_talk_works_by_asking_again(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    for side in (citizen_page, agent_page):
        side.page.route_web_socket("**/socket", lambda socket: socket.close(code=1011))
    agent_page.page.reload()
    expect(agent_page.page.get_by_text("Ansluten (reservväg)")).to_be_visible()
    _talk(citizen_page, agent_page)


def _talk(citizen: CitizenPage, agent: DeskPage) -> None:
    expect(citizen.open_chat().ask("vad kostar förskolan").locator(".source")).to_be_visible()
    citizen.ask(HUMAN)
    agent.take(HUMAN)
    citizen.sees_agent(ANNA)
    agent.write("Hej! Jag heter Anna.")
    expect(citizen.log).to_contain_text("Hej! Jag heter Anna.")
    citizen.write("Hej Anna!")
    expect(agent.log).to_contain_text("Hej Anna!")
    citizen.has_all("vad kostar förskolan", HUMAN, "Hej Anna!")
    agent.reads(citizen, "Hej! Jag heter Anna.")


def test_an_agent_whose_login_ended_logs_in_again_and_keeps_the_draft(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    _, agent = talk
    agent.watch.expect("status of 401")
    agent.composer.fill("Jag undersöker saken och")
    agent.page.context.clear_cookies()
    agent.page.reload()
    agent.login("anna", agent.system.passwords()["anna"])
    agent.mine.get_by_role("button").click()
    expect(agent.composer).to_have_value("Jag undersöker saken och")


def test_a_laptop_that_was_closed_catches_up_when_it_is_opened(
    citizen_page: CitizenPage, agent_page: DeskPage
) -> None:
    asleep: list[bool] = []

    def relay(socket: WebSocketRoute) -> None:
        """Pass everything on, and nothing to a laptop that sleeps: no end of the line either."""
        server = socket.connect_to_server()
        server.on_message(lambda frame: None if asleep else socket.send(frame))

    citizen_page.page.route_web_socket("**/socket", relay)
    citizen_page.page.clock.install()
    citizen_page.open_chat().ask(HUMAN)
    agent_page.take(HUMAN)
    citizen_page.sees_agent()
    asleep.append(True)
    agent_page.write("Är du kvar?")
    agent_page.reads(citizen_page, "Är du kvar?")
    expect(citizen_page.log).not_to_contain_text("Är du kvar?")
    asleep.clear()
    citizen_page.page.clock.fast_forward("10:00")
    expect(citizen_page.log).to_contain_text("Är du kvar?", timeout=PATIENCE_MS)
    citizen_page.write("Ja, nu igen")
    expect(agent_page.log).to_contain_text("Ja, nu igen")
    citizen_page.has_all(HUMAN, "Ja, nu igen")
