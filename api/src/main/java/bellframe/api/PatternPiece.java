package bellframe.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a regular expression that takes characters of a value and never gives them back.
sealed interface PatternPiece {

    /// Takes as many characters as it can get.
    ///
    /// @param from the index of the first
    /// @return the index behind the last, or -1 if there are too few
    int take(String value, int from);

    /// The pieces of an expression with [Pattern#DOTALL]; none if it holds anything else, such as groups.
    static List<PatternPiece> allOf(String regex) {
        var pieces = new ArrayList<PatternPiece>();
        Matcher literal = Literal.SYNTAX.matcher(regex);
        Matcher run = Run.SYNTAX.matcher(regex);
        for (int at = 0; at < regex.length();) {
            if (literal.region(at, regex.length()).lookingAt()) {
                pieces.add(new Literal(literal.group()));
                at = literal.end();
            } else if (run.region(at, regex.length()).lookingAt()) {
                pieces.add(Run.of(run));
                at = run.end();
            } else {
                return List.of();
            }
        }
        return List.copyOf(pieces);
    }

    /// `arn:aws:lex:`; an expression that repeats the last character has no pieces.
    record Literal(String text) implements PatternPiece {

        private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9:/-]+");

        @Override
        public int take(String value, int from) {
            return value.startsWith(text, from) ? from + text.length() : -1;
        }
    }

    /// So many characters of one kind, `[a-z]+`, `\d{12}`, `.{0,1023}`, `[^/]`; of those that are not ASCII it takes none.
    final class Run implements PatternPiece {

        private static final Pattern SYNTAX = Pattern.compile(
                "(\\[\\^?+(?:[^\\[\\]\\\\]|\\\\.)+]|\\\\u[0-9A-Fa-f]{4}|\\\\[dws]|\\\\[^A-Za-z0-9]|[.])"
                        + "(?:([*+])|\\{(\\d+)(?:,(\\d+))?})?");

        private static final String ASCII = ascii();

        private final boolean[] asciiOfKind;
        private final int min;
        private final int max;

        private Run(boolean[] asciiOfKind, int min, int max) {
            this.asciiOfKind = asciiOfKind;
            this.min = min;
            this.max = max;
        }

        private static String ascii() {
            byte[] characters = new byte[128];
            for (int c = 0; c < characters.length; c++) {
                characters[c] = (byte) c;
            }
            return new String(characters, StandardCharsets.US_ASCII);
        }

        private static Run of(Matcher syntax) {
            boolean[] kind = asciiOfKind(syntax.group(1));
            if (syntax.group(2) != null) {
                return new Run(kind, syntax.group(2).equals("+") ? 1 : 0, Integer.MAX_VALUE);
            }
            if (syntax.group(3) != null) {
                int min = Integer.parseInt(syntax.group(3));
                return new Run(kind, min, syntax.group(4) == null ? min : Integer.parseInt(syntax.group(4)));
            }
            return new Run(kind, 1, 1);
        }

        /// [Pattern] itself tells which characters an expression for one character means.
        private static boolean[] asciiOfKind(String regex) {
            boolean[] ofKind = new boolean[ASCII.length()];
            Matcher character = Pattern.compile(regex, Pattern.DOTALL).matcher(ASCII);
            while (character.find()) {
                ofKind[character.start()] = true;
            }
            return ofKind;
        }

        int min() {
            return min;
        }

        int max() {
            return max;
        }

        boolean isOfKind(char character) {
            return character < asciiOfKind.length && asciiOfKind[character];
        }

        @Override
        public int take(String value, int from) {
            int end = from + Math.min(max, value.length() - from);
            int at = from;
            while (at < end && isOfKind(value.charAt(at))) {
                at++;
            }
            return at - from < min ? -1 : at;
        }
    }
}
