package bellframe.bench;

/// What messages say: 300 bytes in UTF-8.
public enum Content {
    /// One byte a character.
    ENGLISH("I have put the slides for tomorrow's meeting in the folder. "),
    /// Three bytes a character, and now and then four.
    JAPANESE("OK👍明日の会議までに資料を直しておきます");

    private static final int TIMES = 5;

    private final String text;

    Content(String sentence) {
        this.text = sentence.repeat(TIMES);
    }

    String text() {
        return text;
    }
}
