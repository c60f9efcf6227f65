package bellframe.policy;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number that numbers of a request are compared with.
record NumberBound(Relation relation, BigDecimal bound) implements Operand {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?");

    static NumberBound parse(Relation relation, Element number) {
        return new NumberBound(relation, read(number.text())
                .orElseThrow(() -> number.refused(Element.excerpt(number.text()) + " is no decimal number")));
    }

    @Override
    public boolean matches(String value, PolicyContext context) {
        return read(value).map(number -> relation.holds(number.compareTo(bound))).orElse(false);
    }

    private static Optional<BigDecimal> read(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }
}
