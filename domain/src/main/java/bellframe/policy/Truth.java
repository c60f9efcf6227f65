package bellframe.policy;

import java.util.Optional;

/// `true` or `false`, in any case.
record Truth(boolean expected) implements Operand {

    static Truth parse(Element truth) {
        return new Truth(read(truth.text())
                .orElseThrow(() -> truth.refused(Element.excerpt(truth.text()) + " is neither true nor false")));
    }

    @Override
    public boolean matches(String value, PolicyContext context) {
        return read(value).map(actual -> actual == expected).orElse(false);
    }

    private static Optional<Boolean> read(String text) {
        if (text.equalsIgnoreCase("true")) {
            return Optional.of(true);
        }
        return text.equalsIgnoreCase("false") ? Optional.of(false) : Optional.empty();
    }
}
