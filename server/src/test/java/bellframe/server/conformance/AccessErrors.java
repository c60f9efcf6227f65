package bellframe.server.conformance;

import bellframe.limits.Limit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// For every operation of IAM and STS and every error that its model declares: how it comes about, or why it cannot.
final class AccessErrors {

    /// Users and roles that are there, each with a policy, a user's two keys and as many tags as may be.
    static final String PRESENT = "present";

    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"},
             "Action": ["sts:AssumeRole", "sts:TagSession"]}}
            """;
    private static final String LONG_POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "chime:*", "Resource": "arn:aws:chime:::%s"}}
            """
            .formatted("x".repeat(11_000));
    private static final String LONG_TRUST = TRUST.replace("\"*\"", "[\"*\"" + ",\"123456789012\"".repeat(200) + "]");

    /// What becomes of an error in some operations.
    ///
    /// @param operations empty for all that declare the error and have no row of their own
    /// @param fields of the call that ends in it, beside those that every call has; empty with a reason
    /// @param reason why no call can end in it; empty if one does
    record Row(String error, List<String> operations, Map<String, String> fields, String reason) {

        boolean covers(String operation, String declared) {
            return error.equals(declared) && (operations.isEmpty()
                    ? ROWS.stream().noneMatch(row -> row.error.equals(declared) && row.operations.contains(operation))
                    : operations.contains(operation));
        }

        boolean isProvoked() {
            return reason.isEmpty();
        }
    }

    static final List<Row> ROWS = List.of(
            provoked("NoSuchEntity", Map.of()),
            unreachable("NoSuchEntity", "a user that is created needs nothing that is there", "CreateUser"),
            unreachable("NoSuchEntity", "what is not there is as good as deleted", "DeleteOpenIDConnectProvider"),

            provoked("EntityAlreadyExists", Map.of("UserName", PRESENT, "RoleName", PRESENT)),

            provoked("DeleteConflict", Map.of("UserName", PRESENT, "RoleName", PRESENT)),

            provoked("LimitExceeded", Map.of("UserName", PRESENT), "CreateAccessKey", "TagUser"),
            provoked("LimitExceeded", Map.of("RoleName", PRESENT), "TagRole"),
            provoked("LimitExceeded", Map.of("UserName", PRESENT, "RoleName", PRESENT, "PolicyDocument", LONG_POLICY),
                    "PutUserPolicy", "PutRolePolicy"),
            provoked("LimitExceeded", Map.of("RoleName", PRESENT, "PolicyDocument", LONG_TRUST),
                    "UpdateAssumeRolePolicy"),
            provoked("LimitExceeded", Map.of("AssumeRolePolicyDocument", LONG_TRUST), "CreateRole"),
            unreachable("LimitExceeded", "by a test of the wire: EntitiesTest has the limits of what is created",
                    "CreateUser", "CreateOpenIDConnectProvider"),
            unreachable("LimitExceeded", "here: IamOperationsTest has it", "AddClientIDToOpenIDConnectProvider",
                    "TagOpenIDConnectProvider"),
            unreachable("LimitExceeded", "nothing becomes more by it", "DeleteAccessKey", "DeleteRole",
                    "DeleteRolePolicy", "DeleteUser", "DeleteUserPolicy", "UpdateAccessKey"),

            provoked("MalformedPolicyDocument", Map.of("UserName", PRESENT, "RoleName", PRESENT, "PolicyDocument", "{}",
                    "AssumeRolePolicyDocument", "{}", "Policy", "{}")),
            unreachable("MalformedPolicyDocument", "here: it takes a token; AssumedRolesTest has it",
                    "AssumeRoleWithWebIdentity"),
            provoked("PackedPolicyTooLarge", manyTags()),
            unreachable("PackedPolicyTooLarge", "here: it takes a token; AssumedRolesTest has it",
                    "AssumeRoleWithWebIdentity"),

            provoked("InvalidInput", Map.of("Url", "http://idp.example.com"), "CreateOpenIDConnectProvider"),
            unreachable("InvalidInput", "what breaks a constraint of the model is a ValidationError"),

            provoked("InvalidIdentityToken", Map.of()),
            unreachable("ExpiredTokenException", "here: TokenAttackIT has it"),
            unreachable("IDPRejectedClaim", "here: TokenAttackIT has it"),
            unreachable("IDPCommunicationError", "here: OidcIdentitiesTest has it"),

            unreachable("ConcurrentModification", "changes at the same time are carried out one after the other"),
            unreachable("UnmodifiableEntity", "there are no roles of services"),
            unreachable("OpenIdIdpCommunicationError", "a provider is not asked before a token of it comes"),
            unreachable("RegionDisabledException", "there is one region"),
            unreachable("ServiceFailure", "the front door's InternalFailure is told instead"));

    private AccessErrors() {
    }

    private static Row provoked(String error, Map<String, String> fields, String... operations) {
        return new Row(error, Arrays.asList(operations), fields, "");
    }

    private static Row unreachable(String error, String reason, String... operations) {
        return new Row(error, Arrays.asList(operations), Map.of(), reason);
    }

    private static Map<String, String> manyTags() {
        var fields = new HashMap<String, String>();
        for (int i = 1; i <= Limit.IAM_TAGS.value(); i++) {
            fields.put("Tags.member." + i + ".Key", "k".repeat(120) + i);
            fields.put("Tags.member." + i + ".Value", "v".repeat(256));
        }
        return fields;
    }

    /// The fields of a call that names nothing which is there, and has everything that any operation requires.
    static Map<String, String> fields(String account) {
        return Map.ofEntries(
                Map.entry("UserName", "absent"),
                Map.entry("RoleName", "absent"),
                Map.entry("PolicyName", "p"),
                Map.entry("PolicyDocument", "{}"),
                Map.entry("AssumeRolePolicyDocument", TRUST),
                Map.entry("AccessKeyId", "AKIAIOSFODNN7EXAMPLE"),
                Map.entry("Status", "Active"),
                Map.entry("TagKeys.member.1", "k"),
                Map.entry("Tags.member.1.Key", "one-too-many"),
                Map.entry("Tags.member.1.Value", "v"),
                Map.entry("Url", "https://idp.example.com"),
                Map.entry("ClientID", "app"),
                Map.entry("ThumbprintList.member.1", "0".repeat(40)),
                Map.entry("OpenIDConnectProviderArn", "arn:aws:iam::" + account + ":oidc-provider/idp2.example.com"),
                Map.entry("RoleArn", "arn:aws:iam::" + account + ":role/" + PRESENT),
                Map.entry("RoleSessionName", "a-session"),
                Map.entry("WebIdentityToken", "no.such.token"));
    }
}
