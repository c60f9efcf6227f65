package bellframe.policy;

import java.util.List;

/// What one operator asks of one key.
sealed interface Condition {

    boolean holds(PolicyContext context);

    /// The operator Null.
    ///
    /// @param ifAbsent whether it holds for a request that does not have the key
    /// @param ifPresent whether it holds for one that does
    record Presence(ConditionKey key, boolean ifAbsent, boolean ifPresent) implements Condition {

        @Override
        public boolean holds(PolicyContext context) {
            return context.values(key.name()).isEmpty() ? ifAbsent : ifPresent;
        }
    }

    /// Any other operator.
    ///
    /// @param ifExists whether it holds for a request that does not have the key, whatever the operator
    record Comparison(
            ConditionKey key,
            Quantifier quantifier,
            boolean negated,
            boolean ifExists,
            List<Operand> operands) implements Condition {

        @Override
        public boolean holds(PolicyContext context) {
            List<String> values = context.values(key.name());
            if (ifExists && values.isEmpty()) {
                return true;
            }
            return switch (quantifier) {
                case NONE -> hasMatch(values, context) != negated;
                case ANY -> hasValue(values, true, context);
                case ALL -> !hasValue(values, false, context);
            };
        }

        private boolean hasMatch(List<String> values, PolicyContext context) {
            for (String value : values) {
                if (matches(value, context)) {
                    return true;
                }
            }
            return false;
        }

        /// Whether there is a value that satisfies the operator, or one that does not. Set operators do not see empty
        /// values: the IAM User Guide counts an empty string as no value.
        private boolean hasValue(List<String> values, boolean satisfying, PolicyContext context) {
            for (String value : values) {
                if (!value.isEmpty() && (matches(value, context) != negated) == satisfying) {
                    return true;
                }
            }
            return false;
        }

        private boolean matches(String value, PolicyContext context) {
            for (Operand operand : operands) {
                if (operand.matches(value, context)) {
                    return true;
                }
            }
            return false;
        }
    }
}
