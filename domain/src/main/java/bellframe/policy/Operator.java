package bellframe.policy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How a condition compares, without what may stand before and behind the operator's name.
enum Operator {
    // @formatter:off
    STRING_EQUALS                ("StringEquals",              false, Type.TEXT),
    STRING_NOT_EQUALS            ("StringNotEquals",           true,  Type.TEXT),
    STRING_EQUALS_IGNORE_CASE    ("StringEqualsIgnoreCase",    false, Type.TEXT_IN_ANY_CASE),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true,  Type.TEXT_IN_ANY_CASE),
    STRING_LIKE                  ("StringLike",                false, Type.TEXT_WITH_WILDCARDS),
    STRING_NOT_LIKE              ("StringNotLike",             true,  Type.TEXT_WITH_WILDCARDS),

    NUMERIC_EQUALS               ("NumericEquals",             false, Type.NUMBER),
    NUMERIC_NOT_EQUALS           ("NumericNotEquals",          true,  Type.NUMBER),
    NUMERIC_LESS_THAN            ("NumericLessThan",           false, Type.NUMBER, Relation.LESS),
    NUMERIC_LESS_THAN_EQUALS     ("NumericLessThanEquals",     false, Type.NUMBER, Relation.LESS_OR_EQUAL),
    NUMERIC_GREATER_THAN         ("NumericGreaterThan",        false, Type.NUMBER, Relation.GREATER),
    NUMERIC_GREATER_THAN_EQUALS  ("NumericGreaterThanEquals",  false, Type.NUMBER, Relation.GREATER_OR_EQUAL),

    DATE_EQUALS                  ("DateEquals",                false, Type.TIME),
    DATE_NOT_EQUALS              ("DateNotEquals",             true,  Type.TIME),
    DATE_LESS_THAN               ("DateLessThan",              false, Type.TIME, Relation.LESS),
    DATE_LESS_THAN_EQUALS        ("DateLessThanEquals",        false, Type.TIME, Relation.LESS_OR_EQUAL),
    DATE_GREATER_THAN            ("DateGreaterThan",           false, Type.TIME, Relation.GREATER),
    DATE_GREATER_THAN_EQUALS     ("DateGreaterThanEquals",     false, Type.TIME, Relation.GREATER_OR_EQUAL),

    BOOL                         ("Bool",                      false, Type.TRUTH),

    IP_ADDRESS                   ("IpAddress",                 false, Type.ADDRESS),
    NOT_IP_ADDRESS               ("NotIpAddress",              true,  Type.ADDRESS),

    // The IAM User Guide: ArnEquals and ArnLike behave identically, and so do their opposites.
    ARN_EQUALS                   ("ArnEquals",                 false, Type.ARN),
    ARN_LIKE                     ("ArnLike",                   false, Type.ARN),
    ARN_NOT_EQUALS               ("ArnNotEquals",              true,  Type.ARN),
    ARN_NOT_LIKE                 ("ArnNotLike",                true,  Type.ARN);
    // @formatter:on

    private static final Map<String, Operator> BY_TEXT = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(operator -> operator.text, Function.identity()));

    /// What the values of a condition are taken for.
    private enum Type {
        TEXT,
        TEXT_IN_ANY_CASE,
        TEXT_WITH_WILDCARDS,
        NUMBER,
        TIME,
        TRUTH,
        ADDRESS,
        ARN
    }

    private final String text;
    private final boolean negated;
    private final Type type;
    private final Relation relation;

    Operator(String text, boolean negated, Type type) {
        this(text, negated, type, Relation.EQUAL);
    }

    Operator(String text, boolean negated, Type type, Relation relation) {
        this.text = text;
        this.negated = negated;
        this.type = type;
        this.relation = relation;
    }

    static Optional<Operator> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    /// Whether it holds just where the operator of the opposite name does not: also for a request that does not have the
    /// key, or has a value of another type.
    boolean negated() {
        return negated;
    }

    /// Makes a value of a condition ready.
    Operand operand(Element value, Dialect dialect) {
        return switch (type) {
            case TEXT -> Template.exact(value, dialect);
            case TEXT_IN_ANY_CASE -> Template.exactInAnyCase(value, dialect);
            case TEXT_WITH_WILDCARDS -> Template.like(value, dialect);
            case NUMBER -> NumberBound.parse(relation, value);
            case TIME -> TimeBound.parse(relation, value);
            case TRUTH -> Truth.parse(value);
            case ADDRESS -> AddressRange.parse(value);
            case ARN -> ArnTemplate.parse(value, dialect);
        };
    }
}
