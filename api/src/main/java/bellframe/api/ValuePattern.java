package bellframe.api;

import java.util.regex.Pattern;

/// A regular expression that a value must match as a whole.
///
/// Most values are plain: in ASCII, and each piece of the expression, from left to right, may take as many characters as it
/// can get, until none is left. A plain value matches, and to see that takes a fraction of the time that [Pattern] needs,
/// which is asked about all others.
public final class ValuePattern {

    private final Pattern pattern;
    /// An array, so that no value needs an iterator.
    private final PatternPiece[] pieces;

    /// @param regex to be matched with [Pattern#DOTALL]
    public ValuePattern(String regex) {
        pattern = Pattern.compile(regex, Pattern.DOTALL);
        pieces = PatternPiece.allOf(regex).toArray(PatternPiece[]::new);
    }

    public boolean matches(String value) {
        return isPlain(value) || pattern.matcher(value).matches();
    }

    /// Whether a value is known to match without [Pattern].
    boolean isPlain(String value) {
        int at = 0;
        for (PatternPiece piece : pieces) {
            at = piece.take(value, at);
            if (at < 0) {
                return false;
            }
        }
        return at == value.length() && pieces.length > 0;
    }
}
