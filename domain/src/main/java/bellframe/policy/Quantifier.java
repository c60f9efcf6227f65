package bellframe.policy;

/// Which of the values that a request has for a key must be as a condition says.
enum Quantifier {
    /// Without a set operator: one, or none for an operator that is negated. Meant for keys with one value.
    NONE(""),
    /// One; a request without a value has none.
    ANY("ForAnyValue:"),
    /// All; a request without a value has no other.
    ALL("ForAllValues:");

    private final String prefix;

    Quantifier(String prefix) {
        this.prefix = prefix;
    }

    /// The one that the text of an operator begins with.
    static Quantifier of(String operator) {
        if (operator.startsWith(ANY.prefix)) {
            return ANY;
        }
        return operator.startsWith(ALL.prefix) ? ALL : NONE;
    }

    String prefix() {
        return prefix;
    }
}
