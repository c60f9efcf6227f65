package bellframe.policy;

import java.util.Set;

/// What may be in a document, by its kind and version.
///
/// @param hasVariables whether `${…}` is a variable; in documents of the older version it is text
record Dialect(PolicyDocument.Kind kind, boolean hasVariables) {

    private static final Set<String> WITH_RESOURCES = Set.of("Sid", "Effect", "Action", "NotAction", "Resource",
            "NotResource", "Condition");
    private static final Set<String> WITH_PRINCIPALS = Set.of("Sid", "Effect", "Principal", "Action", "NotAction",
            "Condition");

    Dialect withoutVariables() {
        return new Dialect(kind, false);
    }

    boolean isTrust() {
        return kind == PolicyDocument.Kind.TRUST;
    }

    boolean hasUniqueSids() {
        return !isTrust();
    }

    Set<String> statementElements() {
        return isTrust() ? WITH_PRINCIPALS : WITH_RESOURCES;
    }
}
