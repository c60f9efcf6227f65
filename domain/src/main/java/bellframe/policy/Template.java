package bellframe.policy;

import java.util.ArrayList;
import java.util.List;

/// A text with variables and, in some places, wildcards, that texts of a request may match.
///
/// What a request puts in for a variable is compared as it is: no wildcard in it means anything.
final class Template implements Operand {

    private static final int MISMATCH = -1;

    /// A part of a template.
    private sealed interface Piece {

        /// Where a text goes on behind this piece, if it has it at `at`; otherwise [#MISMATCH].
        int end(String text, int at, int to, boolean ignoresCase, PolicyContext context);
    }

    private record Literal(String literal) implements Piece {

        @Override
        public int end(String text, int at, int to, boolean ignoresCase, PolicyContext context) {
            return Template.end(literal, text, at, to, ignoresCase);
        }
    }

    private record Placeholder(Variable variable) implements Piece {

        @Override
        public int end(String text, int at, int to, boolean ignoresCase, PolicyContext context) {
            String value = variable.value(context);
            return value == null ? MISMATCH : Template.end(value, text, at, to, ignoresCase);
        }
    }

    private enum Wildcard implements Piece {
        ONE,
        /// Not asked for an end: [Template#matches] tries every one.
        ANY;

        @Override
        public int end(String text, int at, int to, boolean ignoresCase, PolicyContext context) {
            return at < to ? at + Character.charCount(text.codePointAt(at)) : MISMATCH;
        }
    }

    private final Piece[] pieces;
    private final boolean ignoresCase;

    private Template(List<Piece> pieces, boolean ignoresCase) {
        this.pieces = pieces.toArray(Piece[]::new);
        this.ignoresCase = ignoresCase;
    }

    /// An action: with wildcards, without variables, in any case.
    static Template action(Element action, Dialect dialect) {
        return new Template(new Reader(action, true, dialect.withoutVariables()).pieces(), true);
    }

    /// A text with wildcards.
    static Template like(Element text, Dialect dialect) {
        return new Template(new Reader(text, true, dialect).pieces(), false);
    }

    /// A text without wildcards.
    static Template exact(Element text, Dialect dialect) {
        return new Template(new Reader(text, false, dialect).pieces(), false);
    }

    /// A text without wildcards, in any case.
    static Template exactInAnyCase(Element text, Dialect dialect) {
        return new Template(new Reader(text, false, dialect).pieces(), true);
    }

    @Override
    public boolean matches(String value, PolicyContext context) {
        return matches(value, 0, value.length(), context);
    }

    /// Whether a part of a text matches. At worst this takes as many steps as text and template multiplied: after a
    /// mismatch only the last `*` takes one more character, since what earlier ones could take instead it can take too.
    boolean matches(String text, int from, int to, PolicyContext context) {
        int piece = 0;
        int at = from;
        int afterAny = MISMATCH;
        int anyEnd = from;
        while (piece < pieces.length || at < to) {
            if (piece < pieces.length && pieces[piece] == Wildcard.ANY) {
                piece++;
                // The last piece may as well take all that is left.
                at = piece == pieces.length ? to : at;
                afterAny = piece;
                anyEnd = at;
            } else {
                int end = piece < pieces.length ? pieces[piece].end(text, at, to, ignoresCase, context) : MISMATCH;
                if (end != MISMATCH) {
                    piece++;
                    at = end;
                } else if (afterAny != MISMATCH && anyEnd < to) {
                    piece = afterAny;
                    anyEnd++;
                    at = anyEnd;
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private static int end(String literal, String text, int at, int to, boolean ignoresCase) {
        int end = at + literal.length();
        return end <= to && text.regionMatches(ignoresCase, at, literal, 0, literal.length()) ? end : MISMATCH;
    }

    /// Takes a text of a document apart.
    private static final class Reader {

        private final Element element;
        private final String text;
        private final boolean wildcards;
        private final Dialect dialect;
        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        Reader(Element element, boolean wildcards, Dialect dialect) {
            this.element = element;
            this.text = element.text();
            this.wildcards = wildcards;
            this.dialect = dialect;
        }

        List<Piece> pieces() {
            int at = 0;
            while (at < text.length()) {
                at = dialect.hasVariables() && Variable.startsAt(text, at) ? readVariable(at) : readCharacter(at);
            }
            endLiteral();
            return pieces;
        }

        private int readCharacter(int at) {
            char c = text.charAt(at);
            if (wildcards && c == '*') {
                endLiteral();
                if (pieces.isEmpty() || pieces.getLast() != Wildcard.ANY) {
                    pieces.add(Wildcard.ANY);
                }
            } else if (wildcards && c == '?') {
                endLiteral();
                pieces.add(Wildcard.ONE);
            } else {
                literal.append(c);
            }
            return at + 1;
        }

        private int readVariable(int at) {
            int end = Variable.end(text, at);
            element.require(end >= 0, "has a variable without its closing brace");
            String variable = text.substring(at, end);
            if (Variable.isEscape(variable)) {
                literal.append(variable.charAt(2));
            } else {
                endLiteral();
                pieces.add(new Placeholder(Variable.parse(element.withText(variable), dialect)));
            }
            return end;
        }

        private void endLiteral() {
            if (!literal.isEmpty()) {
                pieces.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }
    }
}
