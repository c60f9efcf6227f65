package bellframe.policy;

import java.util.regex.Pattern;

/// One statement of a document.
///
/// @param sid empty if it has none
/// @param principals whom a statement of a trust policy concerns; everyone in other policies
/// @param resources all of them in a trust policy, which concerns the role alone
record Statement(
        String sid,
        boolean denies,
        Principals principals,
        Selection actions,
        Selection resources,
        ConditionBlock conditions) {

    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]*");

    static Statement parse(Element statement, Dialect dialect) {
        statement.requireOnly(dialect.statementElements());
        return new Statement(
                statement.member("Sid").map(Statement::sid).orElse(""),
                isDeny(statement.required("Effect")),
                dialect.isTrust() ? Principals.parse(statement.required("Principal")) : Principals.EVERYONE,
                Selection.ofActions(statement, dialect),
                dialect.isTrust() ? Selection.ALL : Selection.ofResources(statement, dialect),
                statement.member("Condition")
                        .map(block -> ConditionBlock.parse(block, dialect))
                        .orElse(ConditionBlock.NONE));
    }

    boolean appliesTo(PolicyRequest request) {
        return actions.covers(request.action(), request.context())
                && resources.covers(request.resource(), request.context())
                && conditions.hold(request.context());
    }

    TrustDecision decideTrust(TrustRequest request) {
        Principals.Naming naming = principals.naming(request.caller(), denies);
        boolean applies = naming != Principals.Naming.NOT_NAMED
                && actions.covers(request.action(), request.context())
                && conditions.hold(request.context());
        if (!applies) {
            return TrustDecision.IMPLICITLY_DENIED;
        }
        return denies ? TrustDecision.EXPLICITLY_DENIED : naming.allowed();
    }

    private static String sid(Element sid) {
        sid.require(SID.matcher(sid.text()).matches(), "must have letters and digits only");
        return sid.text();
    }

    private static boolean isDeny(Element effect) {
        return switch (effect.text()) {
            case "Allow" -> false;
            case "Deny" -> true;
            default -> throw effect.refused("must be Allow or Deny");
        };
    }
}
