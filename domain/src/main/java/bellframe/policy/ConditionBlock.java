package bellframe.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The Condition of a statement: all of its conditions must hold.
record ConditionBlock(List<Condition> conditions) {

    static final ConditionBlock NONE = new ConditionBlock(List.of());

    private static final String NULL = "Null";
    private static final String IF_EXISTS = "IfExists";

    static ConditionBlock parse(Element block, Dialect dialect) {
        var conditions = new ArrayList<Condition>();
        block.members().forEach((operator, keys) -> {
            var seen = new HashSet<ConditionKey>();
            keys.members().forEach((name, values) -> {
                ConditionKey key = ConditionKey.parse(name, dialect)
                        .orElseThrow(() -> keys.refused("has the unsupported key " + Element.excerpt(name)));
                values.require(seen.add(key), "stands there twice, in different cases");
                conditions.add(condition(block, operator, key, values, dialect));
            });
        });
        return new ConditionBlock(List.copyOf(conditions));
    }

    boolean hold(PolicyContext context) {
        for (Condition condition : conditions) {
            if (!condition.holds(context)) {
                return false;
            }
        }
        return true;
    }

    private static Condition condition(Element block, String operator, ConditionKey key, Element values,
            Dialect dialect) {
        return operator.equals(NULL)
                ? presence(key, values)
                : comparison(block, operator, key, values, dialect);
    }

    private static Condition presence(ConditionKey key, Element values) {
        List<Truth> absent = values.textsOrBare().stream().map(Truth::parse).toList();
        return new Condition.Presence(key, absent.contains(new Truth(true)), absent.contains(new Truth(false)));
    }

    private static Condition comparison(Element block, String text, ConditionKey key, Element values,
            Dialect dialect) {
        Quantifier quantifier = Quantifier.of(text);
        boolean ifExists = text.endsWith(IF_EXISTS);
        int end = text.length() - (ifExists ? IF_EXISTS.length() : 0);
        Operator operator = Operator.of(text.substring(Math.min(quantifier.prefix().length(), end), end))
                .orElseThrow(() -> block.refused("has the unsupported operator " + Element.excerpt(text)));
        return new Condition.Comparison(key, quantifier, operator.negated(), ifExists,
                values.textsOrBare().stream().map(value -> operator.operand(value, dialect)).toList());
    }
}
