package bellframe.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What policies say, in the plainest way: a document is read anew for every question, and nothing is prepared.
///
/// Only well-formed documents are understood, and only the ways of writing values that [RandomPolicies] uses.
final class NaivePolicy {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]*)(?:, '([^']*)')?}");
    private static final Pattern COLON_OUTSIDE_VARIABLES = Pattern.compile(":(?![^{}]*})");
    private static final Pattern COLON = Pattern.compile(":");
    private static final Pattern OPERATOR = Pattern.compile("(ForAnyValue:|ForAllValues:)?(\\w+?)(IfExists)?");
    private static final String ANY = "any characters";
    private static final String ONE = "one character";

    private final JsonNode document;
    private final String action;
    private final String resource;
    private final PolicyContext context;

    private NaivePolicy(String json, String action, String resource, PolicyContext context) {
        try {
            this.document = JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(json, malformed);
        }
        this.action = action;
        this.resource = resource;
        this.context = context;
    }

    static Decision decide(Collection<String> identity, @Nullable String session, PolicyRequest request) {
        List<Decision> own = identity.stream().map(json -> decide(json, request)).toList();
        Decision cut = session == null ? Decision.ALLOWED : decide(session, request);
        if (own.contains(Decision.EXPLICITLY_DENIED) || cut == Decision.EXPLICITLY_DENIED) {
            return Decision.EXPLICITLY_DENIED;
        }
        return own.contains(Decision.ALLOWED) && cut == Decision.ALLOWED
                ? Decision.ALLOWED
                : Decision.IMPLICITLY_DENIED;
    }

    static TrustDecision decideTrust(String json, TrustRequest request) {
        var policy = new NaivePolicy(json, request.action(), "", request.context());
        List<JsonNode> applying = policy.statements().filter(policy::applies).toList();
        Predicate<JsonNode> direct = statement -> names(statement, request.caller(), false);
        Predicate<JsonNode> any = direct.or(statement -> names(statement, request.caller(), true));
        if (applying.stream().anyMatch(denies().and(any))) {
            return TrustDecision.EXPLICITLY_DENIED;
        }
        if (applying.stream().anyMatch(denies().negate().and(direct))) {
            return TrustDecision.ALLOWED;
        }
        return applying.stream().anyMatch(denies().negate().and(any))
                ? TrustDecision.LEFT_TO_ACCOUNT
                : TrustDecision.IMPLICITLY_DENIED;
    }

    private static Decision decide(String json, PolicyRequest request) {
        var policy = new NaivePolicy(json, request.action(), request.resource(), request.context());
        List<JsonNode> applying = policy.statements().filter(policy::applies).toList();
        if (applying.stream().anyMatch(denies())) {
            return Decision.EXPLICITLY_DENIED;
        }
        return applying.isEmpty() ? Decision.IMPLICITLY_DENIED : Decision.ALLOWED;
    }

    private static boolean names(JsonNode statement, Caller caller, boolean byAccount) {
        JsonNode principal = statement.get("Principal");
        boolean everyone = principal.isTextual() || list(principal.path("AWS")).contains("*");
        return switch (caller) {
            case Caller.Federated(String provider) ->
                list(principal.path("Federated")).contains(provider) || (everyone && denies().test(statement));
            case Caller.Signer(String account, List<String> arns) -> everyone
                    || list(principal.path("AWS")).stream()
                            .anyMatch(byAccount
                                    ? name -> name.equals(account) || name.equals("arn:aws:iam::" + account + ":root")
                                    : arns::contains);
        };
    }

    private Stream<JsonNode> statements() {
        JsonNode statements = document.get("Statement");
        return statements.isArray()
                ? StreamSupport.stream(statements.spliterator(), false)
                : Stream.of(statements);
    }

    private static Predicate<JsonNode> denies() {
        return statement -> statement.get("Effect").asText().equals("Deny");
    }

    private boolean applies(JsonNode statement) {
        boolean trust = statement.has("Principal");
        return covers(statement, "Action", this::isAction) && (trust || covers(statement, "Resource", this::isResource))
                && statement.path("Condition")
                        .properties()
                        .stream()
                        .allMatch(operator -> operator.getValue()
                                .properties()
                                .stream()
                                .allMatch(key -> holds(operator.getKey(), key.getKey(), list(key.getValue()))));
    }

    private static boolean covers(JsonNode statement, String element, Predicate<String> isIt) {
        return statement.has(element)
                ? list(statement.get(element)).stream().anyMatch(isIt)
                : list(statement.get("Not" + element)).stream().noneMatch(isIt);
    }

    private boolean isAction(String pattern) {
        List<String> tokens = new ArrayList<>();
        addText(tokens, pattern.toLowerCase(Locale.ROOT), true);
        return isLike(tokens, action.toLowerCase(Locale.ROOT));
    }

    private boolean isResource(String pattern) {
        return tokens(pattern, true).map(tokens -> isLike(tokens, resource)).orElse(false);
    }

    private boolean holds(String text, String key, List<String> wanted) {
        List<String> values = context.values(key.toLowerCase(Locale.ROOT));
        if (text.equals("Null")) {
            return wanted.contains(String.valueOf(values.isEmpty()));
        }
        Matcher form = OPERATOR.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text);
        }
        if (form.group(3) != null && values.isEmpty()) {
            return true;
        }
        boolean negated = form.group(2).contains("Not");
        String operator = form.group(2).replace("Not", "");
        Predicate<String> matches = value -> wanted.stream().anyMatch(one -> matches(operator, one, value));
        Predicate<String> satisfies = negated ? matches.negate() : matches;
        List<String> nonEmpty = values.stream().filter(value -> !value.isEmpty()).toList();
        return switch (String.valueOf(form.group(1))) {
            case "ForAnyValue:" -> nonEmpty.stream().anyMatch(satisfies);
            case "ForAllValues:" -> nonEmpty.stream().allMatch(satisfies);
            default -> negated ? values.stream().noneMatch(matches) : values.stream().anyMatch(matches);
        };
    }

    private boolean matches(String operator, String wanted, String value) {
        try {
            return switch (operator) {
                case "StringEquals" -> substituted(wanted).map(value::equals).orElse(false);
                case "StringEqualsIgnoreCase" -> substituted(wanted).map(value::equalsIgnoreCase).orElse(false);
                case "StringLike" -> tokens(wanted, true).map(tokens -> isLike(tokens, value)).orElse(false);
                case "ArnEquals", "ArnLike" -> isArnLike(wanted, value);
                case "Bool" -> wanted.equals(value);
                case "IpAddress" -> isInRange(wanted, value);
                default -> operator.startsWith("Numeric")
                        ? compares(operator, Double.compare(Double.parseDouble(value), Double.parseDouble(wanted)))
                        : compares(operator, time(value).compareTo(time(wanted)));
            };
        } catch (RuntimeException wrongType) {
            return false;
        }
    }

    private static boolean compares(String operator, int comparison) {
        boolean orEqual = operator.endsWith("Equals") && comparison == 0;
        return orEqual || (operator.contains("Less") && comparison < 0)
                || (operator.contains("Greater") && comparison > 0);
    }

    private static Instant time(String text) {
        if (text.length() == 10 && text.contains("-")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return text.contains("-") ? Instant.parse(text) : Instant.ofEpochSecond(Long.parseLong(text));
    }

    private static boolean isInRange(String range, String address) {
        List<String> parts = List.of(range.split("/", -1));
        String network = bits(parts.getFirst());
        int length = parts.size() == 1 ? network.length() : Integer.parseInt(parts.get(1));
        String bits = bits(address);
        return bits.length() == network.length() && bits.startsWith(network.substring(0, length));
    }

    private static String bits(String address) {
        var bits = new StringBuilder();
        for (byte b : InetAddress.ofLiteral(address).getAddress()) {
            bits.append(Integer.toBinaryString((b & 0xff) + 0x100).substring(1));
        }
        return bits.toString();
    }

    private boolean isArnLike(String wanted, String value) {
        Pattern colon = hasVariables() ? COLON_OUTSIDE_VARIABLES : COLON;
        List<String> parts = List.of(colon.split(wanted, 6));
        List<String> actual = List.of(value.split(":", 6));
        if (actual.size() < 6 || !actual.getFirst().equals("arn")) {
            return false;
        }
        if (parts.size() == 1) {
            return matches("StringLike", wanted, value);
        }
        for (int i = 0; i < 6; i++) {
            if (!matches("StringLike", parts.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> substituted(String text) {
        return tokens(text, false).map(tokens -> String.join("", tokens));
    }

    /// One token for each character or wildcard; none if a variable has no value.
    private Optional<List<String>> tokens(String text, boolean wildcards) {
        var tokens = new ArrayList<String>();
        if (!hasVariables()) {
            addText(tokens, text, wildcards);
            return Optional.of(tokens);
        }
        Matcher variable = VARIABLE.matcher(text);
        int from = 0;
        while (variable.find()) {
            addText(tokens, text.substring(from, variable.start()), wildcards);
            String value = value(variable.group(1), variable.group(2));
            if (value == null) {
                return Optional.empty();
            }
            addText(tokens, value, false);
            from = variable.end();
        }
        addText(tokens, text.substring(from), wildcards);
        return Optional.of(tokens);
    }

    private boolean hasVariables() {
        return document.path("Version").asText().equals("2012-10-17");
    }

    private @Nullable String value(String name, @Nullable String fallback) {
        if (name.length() == 1) {
            return name;
        }
        List<String> values = context.values(name.toLowerCase(Locale.ROOT));
        if (values.isEmpty()) {
            return fallback;
        }
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static void addText(List<String> tokens, String text, boolean wildcards) {
        text.codePoints().mapToObj(Character::toString).forEach(c -> {
            boolean any = wildcards && c.equals("*");
            boolean one = wildcards && c.equals("?");
            tokens.add(any ? ANY : one ? ONE : c);
        });
    }

    /// Which ends of the text the tokens so far can reach, token by token.
    private static boolean isLike(List<String> tokens, String text) {
        List<String> characters = text.codePoints().mapToObj(Character::toString).toList();
        boolean[] reached = new boolean[characters.size() + 1];
        reached[0] = true;
        for (String token : tokens) {
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < reached.length; i++) {
                boolean taken = i > 0 && reached[i - 1] && (token.equals(ONE) || token.equals(characters.get(i - 1)));
                next[i] = token.equals(ANY) ? reached[i] || (i > 0 && next[i - 1]) : taken;
            }
            reached = next;
        }
        return reached[characters.size()];
    }

    private static List<String> list(JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(item -> texts.add(item.asText()));
        } else if (!node.isMissingNode()) {
            texts.add(node.asText());
        }
        return texts;
    }
}
