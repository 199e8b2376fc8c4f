/* The translation desk by keyboard. Alt with a key, or Ctrl with Alt on a Mac, where Alt writes letters; by the place
   of the key, so that they are the same on every layout. Nothing is done while an input method composes. */

const isMac = /Mac|iP(?:ad|hone|od)/u.test(navigator.platform);

const selected = () => {
    const { activeElement: field } = document;
    const inField = field?.selectionStart === undefined ? "" : field.value.slice(field.selectionStart, field.selectionEnd);
    return inField || String(getSelection());
};

const isChord = (event) =>
    event.altKey && event.ctrlKey === isMac && !event.metaKey && !event.shiftKey && !event.getModifierState("AltGraph");

class Keys {
    constructor(form) {
        this.form = form;
        this.desk = form.desk;
        this.help = document.querySelector("[data-desk-help]");
        const opener = document.querySelector("[data-desk-help-open]");
        opener.hidden = false;
        opener.addEventListener("click", () => this.help.showModal());
        for (const key of this.help.querySelectorAll("[data-chord]")) {
            key.textContent = isMac ? "Ctrl+⌥" : "Alt";
        }
        document.addEventListener("keydown", (event) => this.press(event));
    }

    get panes() {
        return this.form.panes;
    }

    chords = {
        ArrowDown: () => this.desk.step(1),
        ArrowUp: () => this.desk.step(-1),
        Enter: () => this.desk.go(this.desk.nextOpen()),
        KeyO: () => this.desk.do("copy"),
        KeyX: () => this.desk.do("clear"),
        KeyM: () => this.desk.current.markNext(),
        KeyU: () => this.desk.do("unapprove"),
        KeyK: () => this.panes?.searchFor(selected()),
        KeyN: () => this.panes?.open("talk"),
        KeyH: () => this.panes?.open("history"),
        KeyI: () => this.swap(),
        KeyG: () => this.pressButton("merge"),
        KeyT: () => this.panes?.open("shape"),
        KeyJ: () => this.form.checks?.next(),
    };

    press(event) {
        if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) {
            return;
        }
        const deed = this.deedOf(event);
        if (deed && !event.target.closest("dialog")) {
            event.preventDefault();
            event.stopPropagation();
            deed();
        }
    }

    deedOf(event) {
        if (isChord(event)) {
            const digit = /^(?:Digit|Numpad)([0-5])$/u.exec(event.code);
            return digit ? () => this.panes?.offer(Number(digit[1])) : this.chords[event.code];
        }
        const hasControl = (event.ctrlKey || event.metaKey) && !event.altKey;
        if (hasControl && event.key === "Enter") {
            return () => this.desk.approveAndGoOn();
        }
        if (hasControl && event.code === "KeyS") {
            return () => this.desk.saveAll();
        }
        const isField = event.target.closest("textarea, input, select, [contenteditable]");
        if (event.key === "F1" || (event.key === "?" && !isField)) {
            return () => this.help.showModal();
        }
        return null;
    }

    /* From the sentence to its suggestions, and back. */
    swap() {
        const aside = document.querySelector("[data-desk-aside]");
        if (aside.contains(document.activeElement)) {
            this.desk.go(this.desk.current);
        } else {
            aside.querySelector("[data-desk-aside-pane] button, [data-desk-aside-pane] a, button")?.focus();
        }
    }

    /* A button of the form that stands nowhere on the page just now. */
    pressButton(name) {
        const button = document.createElement("button");
        button.name = name;
        button.value = this.desk.current.segment;
        button.setAttribute("form", this.form.id);
        button.hidden = true;
        document.body.append(button);
        this.form.requestSubmit(button);
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    new Keys(form);
}
