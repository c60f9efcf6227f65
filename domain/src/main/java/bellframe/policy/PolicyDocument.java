package bellframe.policy;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An IAM policy document.
///
/// What it cannot heed it does not take: a document with an element, an operator, a condition key or a variable that is
/// not supported is refused as a whole.
public final class PolicyDocument {

    private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
    private static final String VERSION_WITH_VARIABLES = "2012-10-17";
    private static final String VERSION_WITHOUT_VARIABLES = "2008-10-17";

    /// What a document is for, which decides what may be in it.
    public enum Kind {
        /// What a user or role may do.
        IDENTITY,
        /// What a session may do at most.
        SESSION,
        /// Who may assume a role: has principals and no resources.
        TRUST
    }

    private final Kind kind;
    private final String json;
    private final List<Statement> statements;

    private PolicyDocument(Kind kind, String json, List<Statement> statements) {
        this.kind = kind;
        this.json = json;
        this.statements = statements;
    }

    /// Reads a document.
    ///
    /// @throws Refused with [Refusal#MALFORMED_POLICY_DOCUMENT] and, in one line, where it goes wrong and how
    public static PolicyDocument parse(Kind kind, String json) {
        Element document = Element.parse(json);
        document.requireOnly(ELEMENTS);
        document.member("Id").ifPresent(Element::text);
        var dialect = new Dialect(kind, hasVariables(document));
        return new PolicyDocument(kind, json, statements(document.required("Statement"), dialect));
    }

    public Kind kind() {
        return kind;
    }

    /// The document as it was given.
    public String json() {
        return json;
    }

    /// Decides by this document alone.
    ///
    /// @throws IllegalStateException if it is a trust policy
    public Decision decide(PolicyRequest request) {
        requireTrust(false);
        Decision decision = Decision.IMPLICITLY_DENIED;
        for (Statement statement : statements) {
            // One statement that allows is enough; after it only those that deny matter.
            if ((statement.denies() || decision != Decision.ALLOWED) && statement.appliesTo(request)) {
                if (statement.denies()) {
                    return Decision.EXPLICITLY_DENIED;
                }
                decision = Decision.ALLOWED;
            }
        }
        return decision;
    }

    /// Decides by this trust policy alone.
    ///
    /// @throws IllegalStateException if it is no trust policy
    public TrustDecision decideTrust(TrustRequest request) {
        requireTrust(true);
        TrustDecision decision = TrustDecision.IMPLICITLY_DENIED;
        for (Statement statement : statements) {
            TrustDecision one = statement.decideTrust(request);
            if (one == TrustDecision.EXPLICITLY_DENIED) {
                return one;
            }
            // Allowed by name is more than allowed with the account, and that more than nothing.
            decision = one.compareTo(decision) < 0 ? one : decision;
        }
        return decision;
    }

    @Override
    public String toString() {
        return json;
    }

    private void requireTrust(boolean trust) {
        if (trust != (kind == Kind.TRUST)) {
            throw new IllegalStateException("a policy of kind " + kind + " does not decide that");
        }
    }

    private static boolean hasVariables(Element document) {
        return document.member("Version").map(PolicyDocument::isWithVariables).orElse(false);
    }

    private static boolean isWithVariables(Element version) {
        return switch (version.text()) {
            case VERSION_WITH_VARIABLES -> true;
            case VERSION_WITHOUT_VARIABLES -> false;
            default -> throw version.refused("must be 2012-10-17 or 2008-10-17");
        };
    }

    private static List<Statement> statements(Element element, Dialect dialect) {
        var statements = new ArrayList<Statement>();
        var sids = new HashSet<String>();
        for (Element one : element.oneOrMoreNumbered()) {
            Statement statement = Statement.parse(one, dialect);
            if (!statement.sid().isEmpty() && !sids.add(statement.sid()) && dialect.hasUniqueSids()) {
                throw one.required("Sid").refused("is the same as that of an earlier statement");
            }
            statements.add(statement);
        }
        return List.copyOf(statements);
    }
}
