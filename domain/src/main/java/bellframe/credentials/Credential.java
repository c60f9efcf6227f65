package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;

/// The access key a request claims to be signed with, and the scope of the signature.
record Credential(String keyId, CredentialScope scope) {

    private static final int ELEMENTS = 5;

    /// Reads `keyid/day/region/service/aws4_request`.
    static Credential parse(String text) {
        String[] elements = text.split("/", -1);
        if (elements.length != ELEMENTS || elements[0].isEmpty()) {
            throw new Refused(Refusal.INCOMPLETE_SIGNATURE,
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
        }
        if (!elements[4].equals(CredentialScope.TERMINATOR)) {
            throw new Refused(Refusal.INVALID_SIGNATURE,
                    "Credential should be scoped with a valid terminator: 'aws4_request'.");
        }
        return new Credential(elements[0], new CredentialScope(elements[1], elements[2], elements[3]));
    }
}
