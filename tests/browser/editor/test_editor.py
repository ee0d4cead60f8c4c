"""The editor's whole way, against the real system."""

from playwright.sync_api import expect

from tests.browser.editor.pages import READ_MS, REPLAY_MS, EditorPage

QUESTION = "när hämtas mina sopor"
ENTRY = "avfall-hamtdag"
LAVA = (
    *("lava i soptunnan", "slanga lava", "var slänger man lava", "lava sopor", "lavasten tunna"),
    *("kasta lava hemma", "vulkanisk lava avfall", "lavaavfall"),
)
NEW_ANSWER = "Soporna hämtas varannan vecka. Din dag ser du i e-tjänsten."

# Presses Enter in a row, and returns which has the focus before the page can hear another key.
ENTER = """async row => {
    row.focus();
    row.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    for (let turn = 0; turn < 50; turn++) await null;
    return row.getRootNode().activeElement.ariaLabel;
}"""


def test_an_answer_is_found_changed_tried_published_and_taken_back(new_editor: EditorPage) -> None:
    editor, page = new_editor, new_editor.page
    editor.watch.expect(r"401 .*/login$")
    editor.visit().login("fel lösenord")
    expect(page.get_by_role("alert")).to_contain_text("Fel användarnamn eller lösenord")
    editor.login(editor.system.passwords()["ellen"])
    expect(editor.search).to_be_visible(timeout=READ_MS)
    expect(editor.heading).to_be_focused()
    old = editor.asks(QUESTION).inner_text()
    assert "säker" in old

    editor.go("/fragor")
    editor.search.fill("hamtdag")
    page.get_by_role("link", name="När hämtas mina sopor?").click()
    expect(editor.heading).to_have_text("När hämtas mina sopor?")
    editor.settled()
    editor.answer.fill("")
    expect(editor.findings).to_contain_text("«svar»", timeout=READ_MS)
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.get_by_role("heading", name="Anmärkningar")).to_be_focused(timeout=READ_MS)
    editor.answer.fill(NEW_ANSWER)
    page.get_by_role("button", name="Sätt dagens datum").click()
    expect(page.get_by_text("Ändrat, inte publicerat")).to_be_visible()
    expect(editor.findings.filter(has_text="«svar»")).to_have_count(0, timeout=READ_MS)

    page.get_by_role("textbox", name="Fråga", exact=True).last.fill(QUESTION)
    page.get_by_role("button", name="Fråga", exact=True).click()
    draft = page.get_by_role("article").filter(has_text="Ditt utkast")
    expect(draft).to_contain_text(NEW_ANSWER, timeout=REPLAY_MS)

    editor.preview()
    if page.get_by_role("checkbox").count():
        page.get_by_role("button", name="Publicera", exact=True).click()
        expect(page.get_by_text("Kryssa i rutan")).to_be_visible()
    editor.publish("Kortare svar")
    editor.sees_live()
    expect(editor.asks(QUESTION)).to_contain_text(NEW_ANSWER)

    editor.go("/historik")
    expect(page.get_by_text("Kortare svar").first).to_be_visible()
    page.get_by_role("link", name=ENTRY).first.click()
    expect(page.get_by_role("region", name="Vad som ändrades").first).to_contain_text(NEW_ANSWER)
    page.get_by_role("link", name="Återställ").click()
    note = page.get_by_role("textbox", name="Varför återställer du?")
    expect(note).to_be_visible(timeout=REPLAY_MS)
    note.fill("Den långa texten var bättre")
    if (confirm := page.get_by_role("checkbox")).count():
        confirm.check()
    page.get_by_role("button", name="Återställ", exact=True).click()
    editor.sees_live()
    assert editor.asks(QUESTION).inner_text() == old


def test_a_new_entry_gets_an_id_and_is_answered_with(editor: EditorPage) -> None:
    page = editor.page
    editor.go("/fragor")
    page.get_by_role("link", name="Ny fråga").click()
    expect(page.get_by_text("Fyll i frågan så kontrolleras den")).to_be_visible(timeout=READ_MS)
    page.get_by_label("Fil", exact=True).select_option("avfall.yml")
    page.get_by_role("textbox", name="Fråga", exact=False).first.fill(
        "Får jag slänga lava i tunnan?"
    )
    expect(page.get_by_role("textbox", name="Id")).to_have_value("avfall-far-slanga-lava")
    page.get_by_role("textbox", name="Variant 1").click()
    ways = [
        "lava i soptunnan",
        "slanga lava",
        "var slänger man lava",
        "lava sopor",
        "lavasten tunna",
    ]
    for way in [*ways, "kasta lava hemma", "vulkanisk lava avfall", "lavaavfall"]:
        page.keyboard.insert_text(way)
        page.keyboard.press("Enter")
    editor.answer.fill("Nej. Lämna lavan på återvinningscentralen när den har svalnat.")
    page.get_by_label("Vad länken heter").fill("Avfall och återvinning")
    page.get_by_label("Adress").fill("/avfall-vatten/avfall/")
    editor.settled()
    editor.preview()
    editor.publish("Vanlig fråga på öarna")
    editor.sees_live()
    expect(editor.asks("får man slänga lava")).to_contain_text("när den har svalnat")


def test_comments_survive_the_way_between_yaml_and_form(editor: EditorPage) -> None:
    editor.open("avfall-utebliven")
    editor.yaml()
    editor.write_yaml("fraga:", "# fråga kundtjänst först\nfraga:")
    editor.settled()
    editor.tab("Formulär").click()
    expect(editor.answer).to_be_visible(timeout=READ_MS)
    editor.answer.fill("Ring oss.")
    editor.settled()
    text = editor.yaml()
    assert "# fråga kundtjänst först" in text
    assert "svar: Ring oss." in text


def test_wrong_yaml_is_told_of_at_its_line_and_nothing_is_lost(editor: EditorPage) -> None:
    page = editor.page
    editor.open("avfall-utebliven")
    editor.yaml()
    editor.write_yaml("varianter:", "varianter: [")
    expect(editor.findings).to_contain_text("YAML", timeout=READ_MS)
    editor.tab("Formulär").click()
    expect(page.get_by_text("Texten går inte att visa som formulär")).to_be_visible()
    assert "varianter: [" in editor.yaml()
    page.get_by_role("button", name="Fel:").first.click()
    expect(editor.code).to_be_focused()
    editor.write_yaml("varianter: [", "varianter:")
    expect(editor.findings.filter(has_text="YAML")).to_have_count(0, timeout=READ_MS)
    editor.tab("Formulär").click()
    expect(editor.answer).to_be_visible(timeout=READ_MS)


def test_a_draft_survives_a_reload_which_is_warned_of(editor: EditorPage) -> None:
    page = editor.page
    editor.open("avfall-kompost").answer.fill("Ett halvt svar")
    before = editor.watch.warned
    page.reload()
    assert editor.watch.warned == before + 1
    expect(editor.answer).to_have_value("Ett halvt svar", timeout=READ_MS)
    page.get_by_role("link", name="Till listan").click()
    drafts = page.get_by_role("region", name="Dina utkast")
    expect(drafts.get_by_role("listitem")).to_have_count(1, timeout=READ_MS)
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("button", name="Avbryt")).to_be_focused()
    drafts.get_by_role("link").click()
    page.get_by_role("button", name="Kasta utkastet").click()
    page.get_by_role("button", name="Ja, kasta").click()
    expect(page.get_by_text("Inget ändrat")).to_be_visible(timeout=READ_MS)


def test_two_editors_of_one_entry_put_both_edits_together(
    editor: EditorPage, another_editor: EditorPage
) -> None:
    page = another_editor.page
    another_editor.watch.expect("409")
    editor.open("bygglov-altan")
    another_editor.open("bygglov-altan")
    for one, variant in ((editor, "altan första"), (another_editor, "altan andra")):
        one.adds_variant(variant)
    another_editor.question.fill("Krävs bygglov för en altan?")
    another_editor.settled()
    editor.preview()
    editor.publish("Första")
    editor.sees_live()
    another_editor.preview()
    another_editor.publish("Andra")
    expect(another_editor.heading).to_have_text("Någon annan hann före", timeout=REPLAY_MS)
    use = page.get_by_role("button", name="Använd resultatet")
    expect(use).to_have_attribute("aria-disabled", "true", timeout=READ_MS)
    variants = page.get_by_role("group", name="Välj för Varianter")
    variants.get_by_role("radio", name="Båda").check()
    use.click()
    another_editor.previewed()
    another_editor.publish("Båda")
    another_editor.sees_live()
    text = another_editor.open("bygglov-altan").yaml()
    assert "- altan första" in text
    assert "- altan andra" in text
    assert "Krävs bygglov för en altan?" in text


def test_the_list_is_narrowed_and_its_address_says_how(editor: EditorPage) -> None:
    page = editor.page
    editor.go("/fragor")
    page.get_by_label("Ämne").select_option("bygglov")
    page.get_by_role("button", name="Hög risk").click()
    expect(page.get_by_role("button", name="Hög risk")).to_have_attribute("aria-pressed", "true")
    assert "amne=bygglov" in page.url
    assert "visa=risk" in page.url
    shown = page.locator(".entries > li")
    expect(shown.first).to_be_visible(timeout=READ_MS)
    count = shown.count()
    page.reload()
    expect(shown).to_have_count(count, timeout=READ_MS)
    editor.search.fill("finns verkligen inte")
    expect(page.get_by_text("Ingen fråga passar.")).to_be_visible()
    page.get_by_role("button", name="Rensa filter").click()
    expect(editor.search).to_be_focused()


def test_everything_is_done_by_keyboard(editor: EditorPage) -> None:
    page = editor.page
    editor.go("/fragor")
    expect(editor.search).to_be_visible(timeout=READ_MS)
    editor.search.focus()
    page.keyboard.type("forskola avgift")
    link = page.locator(".entries a").first
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("a => a.getRootNode().activeElement === a"):
            break
    page.keyboard.press("Enter")
    expect(editor.heading).to_be_focused(timeout=READ_MS)
    editor.settled()
    first = page.get_by_role("textbox", name="Variant 1", exact=True)
    first.focus()
    page.keyboard.press("Enter")
    second = page.get_by_role("textbox", name="Variant 2", exact=True)
    expect(second).to_be_focused()
    assert first.evaluate(ENTER) == "Variant 2", "what is typed next would come into the old row"
    page.keyboard.press("Backspace")
    second.focus()
    page.keyboard.type("dagisavgiften")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(first).to_have_value("dagisavgiften")
    expect(page.get_by_role("button", name="Flytta upp variant 1", exact=True)).to_be_focused()
    page.get_by_role("tab", name="Formulär").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="YAML")).to_be_focused()
    editor.code.focus()
    page.keyboard.press("Tab")
    expect(editor.code).not_to_be_focused()
