package bellframe.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom a statement of a trust policy concerns.
record Principals(List<Principal> principals) {

    static final Principals EVERYONE = new Principals(List.of(new Principal.Everyone()));

    private static final String ANYBODY = "*";
    private static final Pattern ACCOUNT = Pattern.compile("([0-9]{12})|arn:aws:iam::([0-9]{12}):root");
    /// Without spaces and wildcards: the IAM User Guide has a principal name one identity, or everyone.
    private static final String NAME = "[!-)+->@-~]+";
    private static final Pattern NAMED = Pattern.compile(
            "arn:aws:(iam::[0-9]{12}:(user|role)/" + NAME + "|sts::[0-9]{12}:assumed-role/[\\w+=,.@-]+/[\\w+=,.@-]+)");
    private static final Pattern PROVIDER = Pattern.compile("arn:aws:iam::[0-9]{12}:oidc-provider/" + NAME);

    /// How a caller is named, the most telling way first.
    enum Naming {
        BY_NAME,
        BY_ACCOUNT,
        NOT_NAMED;

        TrustDecision allowed() {
            return switch (this) {
                case BY_NAME -> TrustDecision.ALLOWED;
                case BY_ACCOUNT -> TrustDecision.LEFT_TO_ACCOUNT;
                case NOT_NAMED -> TrustDecision.IMPLICITLY_DENIED;
            };
        }

        private Naming or(Naming other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    private sealed interface Principal {

        record Everyone() implements Principal {
        }

        record Account(String id) implements Principal {
        }

        record Named(String arn) implements Principal {
        }

        record Provider(String arn) implements Principal {
        }
    }

    static Principals parse(Element element) {
        return switch (element.json()) {
            case Json.Text(String text) -> {
                element.require(text.equals(ANYBODY), "must be * or an object");
                yield EVERYONE;
            }
            case Json.Bare _,Json.Null _,Json.Items _,Json.Members _ -> {
                var principals = new ArrayList<Principal>();
                element.members()
                        .forEach((type, values) -> values.texts()
                                .forEach(value -> principals.add(principal(element, type, value))));
                yield new Principals(List.copyOf(principals));
            }
        };
    }

    /// How a caller is named.
    ///
    /// @param toDeny whether that is to deny it something: then a wildcard names everyone. To allow, it names those who
    ///        sign; whom a provider vouches for is allowed only where the provider is named.
    Naming naming(Caller caller, boolean toDeny) {
        Naming naming = Naming.NOT_NAMED;
        for (Principal principal : principals) {
            naming = naming.or(naming(principal, caller, toDeny));
        }
        return naming;
    }

    private static Naming naming(Principal principal, Caller caller, boolean toDeny) {
        return switch (caller) {
            case Caller.Signer(String account, List<String> arns) -> switch (principal) {
                case Principal.Everyone _ -> Naming.BY_NAME;
                case Principal.Account(String id) -> id.equals(account) ? Naming.BY_ACCOUNT : Naming.NOT_NAMED;
                case Principal.Named(String arn) -> arns.contains(arn) ? Naming.BY_NAME : Naming.NOT_NAMED;
                case Principal.Provider _ -> Naming.NOT_NAMED;
            };
            case Caller.Federated(String provider) -> switch (principal) {
                case Principal.Everyone _ -> toDeny ? Naming.BY_NAME : Naming.NOT_NAMED;
                case Principal.Provider(String arn) -> arn.equals(provider) ? Naming.BY_NAME : Naming.NOT_NAMED;
                case Principal.Account _,Principal.Named _ -> Naming.NOT_NAMED;
            };
        };
    }

    private static Principal principal(Element element, String type, Element value) {
        return switch (type) {
            case "AWS" -> aws(value);
            case "Federated" -> {
                value.require(PROVIDER.matcher(value.text()).matches(),
                        Element.excerpt(value.text()) + " is no ARN of an OIDC provider");
                yield new Principal.Provider(value.text());
            }
            default -> throw element.refused("has principals of the unsupported type " + Element.excerpt(type));
        };
    }

    private static Principal aws(Element value) {
        String text = value.text();
        if (text.equals(ANYBODY)) {
            return new Principal.Everyone();
        }
        Matcher account = ACCOUNT.matcher(text);
        if (account.matches()) {
            return new Principal.Account(account.group(1) == null ? account.group(2) : account.group(1));
        }
        value.require(NAMED.matcher(text).matches(),
                Element.excerpt(text) + " is neither * nor an account, a user, a role or a session of one");
        return new Principal.Named(text);
    }
}
