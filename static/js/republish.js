// A button that copies the text beside it. Without script the text can be chosen and copied by hand.
for (const button of document.querySelectorAll("[data-republish-copy]")) {
    const text = document.getElementById(button.dataset.republishCopy);
    if (!text || !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
        try {
            await navigator.clipboard.writeText(text.value);
            button.textContent = button.dataset.republishDone;
        } catch {
            text.focus();
            text.select();
        }
    });
}
