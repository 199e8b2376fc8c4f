// Counts words against the quota while one writes, and brings drafts when they are there. Without script the server
// does both when the page is saved or shown again.
const UNSPACED = /^(zh|ja|th|lo|km|my)\b/;
const LEFT_OUT = "[…]";

const counted = (text, language) => {
    const plain = text.replaceAll(LEFT_OUT, " ").trim();
    return UNSPACED.test(language) ? Math.ceil(plain.replace(/\s/gu, "").length / 2) : plain ? plain.split(/\s+/u).length : 0;
};

const count = (voice) => {
    const output = voice.querySelector("[data-count]");
    const chosen = [...voice.querySelectorAll("[data-words]:checked")].reduce((sum, one) => sum + Number(one.dataset.words), 0);
    const words = voice.querySelector("textarea");
    const taken = Math.max(chosen, words ? counted(words.value, words.lang) : 0);
    const most = voice.dataset.most;
    output.textContent = output.textContent.replace(/[\d٠-٩۰-۹]+/u, String(taken));
    output.toggleAttribute("data-over", most !== undefined && taken > Number(most));
};

for (const voice of document.querySelectorAll("[data-voice]")) {
    voice.addEventListener("input", () => count(voice));
}

const waiting = document.querySelector("[data-drafts]");
const written = new Set();
document.getElementById("review").addEventListener("input", (event) => written.add(event.target));

const fill = (field, text) => {
    if (field && text && !field.value && !written.has(field)) {
        field.value = text;
    }
};

const bring = async (left) => {
    const answer = await fetch(waiting.dataset.drafts, { headers: { "X-Newsroom": "fetch" } });
    const { voices } = await answer.json();
    let open = 0;
    for (const one of voices) {
        const voice = document.querySelector(`[data-voice="${one.voice}"]`);
        if (voice) {
            fill(document.getElementById(`headline-${one.voice}`), one.headline);
            fill(document.getElementById(`excerpt-${one.voice}`), one.excerpt);
            count(voice);
            open += !one.excerpt && !one.trouble;
        }
    }
    if (open && left) {
        setTimeout(() => bring(left - 1), 1500);
    } else if (!open) {
        waiting.hidden = true;
    }
};

if (waiting) {
    bring(40);
}
