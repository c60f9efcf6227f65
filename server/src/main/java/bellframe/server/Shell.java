package bellframe.server;

import java.util.regex.Pattern;

/// Text for a POSIX shell.
final class Shell {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private Shell() {
    }

    /// One word, quoted if it needs to be.
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
