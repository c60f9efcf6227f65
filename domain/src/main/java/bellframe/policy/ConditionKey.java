package bellframe.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The key of something that a request has.
///
/// @param name in lower case: conditions and variables name keys in any case
/// @param multivalued whether a request may have several values of it
record ConditionKey(String name, boolean multivalued) {

    /// More than any key has: 255 for a provider's URL, 128 for a tag's key. Longer ones would take the stack of a regular
    /// expression too far.
    private static final int CHARACTERS_MAX = 512;

    private static final Set<String> EVERYWHERE = Set.of("aws:currenttime", "aws:epochtime", "aws:federatedprovider",
            "aws:principalaccount", "aws:principalarn", "aws:principaltype", "aws:requestedregion",
            "aws:securetransport",
            "aws:sourceidentity", "aws:sourceip", "aws:tokenissuetime", "aws:useragent", "aws:userid", "aws:username");
    private static final Set<String> IN_TRUST = Set.of("sts:externalid", "sts:rolesessionname", "sts:sourceidentity");
    private static final Set<String> MULTIVALUED_IN_TRUST = Set.of("aws:tagkeys", "sts:transitivetagkeys");
    private static final Set<String> TAGS_EVERYWHERE = Set.of("aws:principaltag", "aws:resourcetag");
    private static final Set<String> TAGS_IN_TRUST = Set.of("aws:requesttag");

    private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}");
    /// The host of an OIDC provider, with its port and path if it has them, and a claim of its tokens.
    private static final Pattern CLAIM = Pattern.compile(
            "(?:localhost|[a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?::[0-9]{1,5})?(?:/[a-z0-9._~%/-]*)?:([a-z0-9_-]+)");
    private static final String CLAIM_WITH_VALUES = "amr";

    /// Empty if documents of this kind know no such key.
    static Optional<ConditionKey> parse(String text, Dialect dialect) {
        if (text.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (EVERYWHERE.contains(name) || isTag(name, TAGS_EVERYWHERE)) {
            return Optional.of(new ConditionKey(name, false));
        }
        return dialect.isTrust() ? inTrust(name) : Optional.empty();
    }

    private static Optional<ConditionKey> inTrust(String name) {
        if (IN_TRUST.contains(name) || isTag(name, TAGS_IN_TRUST)) {
            return Optional.of(new ConditionKey(name, false));
        }
        if (MULTIVALUED_IN_TRUST.contains(name)) {
            return Optional.of(new ConditionKey(name, true));
        }
        var claim = CLAIM.matcher(name);
        return claim.matches()
                ? Optional.of(new ConditionKey(name, claim.group(1).equals(CLAIM_WITH_VALUES)))
                : Optional.empty();
    }

    private static boolean isTag(String name, Set<String> families) {
        int slash = name.indexOf('/');
        return slash >= 0 && families.contains(name.substring(0, slash))
                && TAG_KEY.matcher(name.substring(slash + 1)).matches();
    }
}
