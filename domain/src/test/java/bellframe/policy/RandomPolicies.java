package bellframe.policy;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Random documents and requests of few words, so that they often have to do with each other.
final class RandomPolicies {

    private static final String ACCOUNT = "123456789012";
    private static final List<String> ACTIONS = List.of("chime:Send", "chime:SendAll", "chime:List", "s3:List",
            "sts:AssumeRole");
    private static final List<String> ACTION_PATTERNS = List.of("*", "chime:*", "CHIME:send*", "chime:Send", "*:List",
            "chime:?end", "chime:*l*", "s3:*", "sts:*", "*:*", "sts:Assume*Role");
    private static final List<String> RESOURCES = List.of("*", "arn:aws:chime:r:1:a", "arn:aws:chime:r:1:ab",
            "arn:aws:chime:r:1:a/b", "arn:aws:chime:r:2:a:b", "arn:aws:s3:::a*", "arn:aws:s3:::😀b", "arn:aws:s3:::");
    private static final List<String> RESOURCE_HEADS = List.of("arn:aws:chime:r:1:", "arn:aws:chime:*:1:",
            "arn:*:*:*:*:",
            "arn:aws:s3:::", "arn:aws:????:r:1:");
    private static final List<String> WORDS = List.of("a", "b", "A", "ab", "a*", "*", "?", "", "/", ":", "ba", "😀");
    private static final List<String> KEYS = List.of("aws:userid", "aws:UserName", "aws:PrincipalTag/k",
            "aws:ResourceTag/K");
    private static final List<String> STRING_OPERATORS = List.of("StringEquals", "StringNotEquals",
            "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike");
    private static final List<String> ARN_OPERATORS = List.of("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike");
    private static final List<String> COMPARISONS = List.of("Equals", "NotEquals", "LessThan", "LessThanEquals",
            "GreaterThan", "GreaterThanEquals");
    private static final List<String> NUMBERS = List.of("1", "2", "10", "-1", "1.5", "01", "2.0");
    private static final List<String> TIMES = List.of("2030-01-01", "2030-01-01T00:00:00Z", "1893456000", "2030-01-02",
            "2029-12-31T23:59:59.5Z", "1893456001");
    private static final List<String> RANGES = List.of("10.0.0.0/8", "10.1.0.0/15", "10.1.2.3", "0.0.0.0/0",
            "2001:db8::/33",
            "2001:db8::1", "::/0");
    private static final List<String> ADDRESSES = List.of("10.1.2.3", "10.2.0.1", "11.0.0.1", "2001:db8::1",
            "2001:db8:8000::1", "nowhere");
    private static final List<String> ARN_PATTERNS = List.of("arn:aws:iam::1:*", "arn:aws:iam::?:a", "arn:aws:*:*:*:a*",
            "*", "arn:aws:iam::${aws:userid, '1'}:a");
    private static final List<String> ARNS = List.of("arn:aws:iam::1:a", "arn:aws:iam::1:a:b", "arn:aws:iam::2:ab",
            "arn:a",
            "arn:aws:iam:1:a:b:a", "a");
    private static final List<String> PRINCIPALS = List.of("\"*\"", "{\"AWS\":\"*\"}", "{\"AWS\":\"" + ACCOUNT + "\"}",
            "{\"AWS\":\"arn:aws:iam::" + ACCOUNT + ":root\"}", "{\"AWS\":\"arn:aws:iam::" + ACCOUNT + ":user/a\"}",
            "{\"AWS\":[\"arn:aws:iam::" + ACCOUNT + ":role/a\",\"210987654321\"]}",
            "{\"Federated\":\"arn:aws:iam::" + ACCOUNT + ":oidc-provider/idp.example.com\"}");
    private static final List<Caller> CALLERS = List.of(new Caller.Signer(ACCOUNT, List.of()),
            new Caller.Signer(ACCOUNT, List.of("arn:aws:iam::" + ACCOUNT + ":user/a")),
            new Caller.Signer("210987654321", List.of("arn:aws:iam::210987654321:user/a")),
            new Caller.Signer(ACCOUNT, List.of("arn:aws:iam::" + ACCOUNT + ":role/a",
                    "arn:aws:sts::" + ACCOUNT + ":assumed-role/a/b")),
            new Caller.Federated("arn:aws:iam::" + ACCOUNT + ":oidc-provider/idp.example.com"),
            new Caller.Federated("arn:aws:iam::" + ACCOUNT + ":oidc-provider/idp.example.org"));

    private final Random random;
    private boolean hasVariables;

    RandomPolicies(Random random) {
        this.random = random;
    }

    String document(boolean trust) {
        hasVariables = random.nextInt(5) > 0;
        String version = hasVariables ? "2012-10-17" : "2008-10-17";
        return "{\"Version\":\"" + version + "\",\"Statement\":" + list(() -> statement(trust)) + "}";
    }

    PolicyRequest request() {
        return new PolicyRequest(one(ACTIONS), one(RESOURCES), Contexts.of(values()));
    }

    TrustRequest trustRequest() {
        return new TrustRequest(one(ACTIONS), one(CALLERS), Contexts.of(values()));
    }

    private String statement(boolean trust) {
        String who = trust ? "\"Principal\":" + one(PRINCIPALS) : element("Resource", this::resource);
        String conditions = random.nextBoolean()
                ? ""
                : ",\"Condition\":{" + conditions() + "}";
        return "{\"Effect\":\"" + (random.nextInt(3) == 0 ? "Deny" : "Allow") + "\","
                + element("Action", () -> text(one(ACTION_PATTERNS))) + "," + who + conditions + "}";
    }

    private String element(String name, Supplier<String> value) {
        return "\"" + (random.nextInt(5) == 0 ? "Not" : "") + name + "\":" + list(value);
    }

    private String resource() {
        return text(random.nextInt(4) == 0 ? "*" : one(RESOURCE_HEADS) + template());
    }

    private String template() {
        return Stream.generate(this::piece).limit(1 + random.nextInt(3)).collect(Collectors.joining());
    }

    private String piece() {
        return switch (random.nextInt(8)) {
            case 0 -> "${" + one(KEYS) + "}";
            case 1 -> "${" + one(KEYS) + ", '" + one(List.of("a", "*", "")) + "'}";
            case 2 -> one(List.of("${*}", "${?}", "${$}", "$"));
            case 3 -> "*";
            default -> one(WORDS).replace("😀", "?");
        };
    }

    private String conditions() {
        Set<String> names = new LinkedHashSet<>();
        var conditions = new StringBuilder();
        for (int left = 1 + random.nextInt(2); left > 0; left--) {
            String condition = condition();
            if (names.add(condition.substring(0, condition.indexOf('{')))) {
                conditions.append(conditions.isEmpty() ? "" : ",").append(condition);
            }
        }
        return conditions.toString();
    }

    private String condition() {
        return switch (random.nextInt(8)) {
            case 0 -> condition("Numeric" + one(COMPARISONS), "aws:PrincipalTag/n", () -> one(NUMBERS));
            case 1 -> condition("Date" + one(COMPARISONS), "aws:CurrentTime", () -> one(TIMES));
            case 2 -> condition("Bool", "aws:SecureTransport", () -> one(List.of("true", "false")));
            case 3 -> condition(one(List.of("IpAddress", "NotIpAddress")), "aws:SourceIp", () -> one(RANGES));
            case 4 -> condition(one(ARN_OPERATORS), "aws:PrincipalArn", this::arnPattern);
            case 5 -> "\"Null\":{\"" + one(KEYS) + "\":" + list(() -> text(one(List.of("true", "false")))) + "}";
            default -> condition(one(STRING_OPERATORS), one(KEYS), this::template);
        };
    }

    private String arnPattern() {
        return hasVariables && random.nextInt(4) == 0 ? "${aws:PrincipalTag/k}" : one(ARN_PATTERNS);
    }

    private String condition(String operator, String key, Supplier<String> value) {
        String prefix = one(List.of("", "", "ForAnyValue:", "ForAllValues:"));
        String suffix = one(List.of("", "", "IfExists"));
        return text(prefix + operator + suffix) + ":{" + text(key) + ":" + list(() -> text(value.get())) + "}";
    }

    private Map<String, List<String>> values() {
        var values = new HashMap<String, List<String>>();
        KEYS.forEach(key -> put(values, key, WORDS));
        put(values, "aws:PrincipalTag/n", random.nextInt(5) == 0 ? WORDS : NUMBERS);
        put(values, "aws:CurrentTime", random.nextInt(5) == 0 ? WORDS : TIMES);
        put(values, "aws:SecureTransport", List.of("true", "false"));
        put(values, "aws:SourceIp", ADDRESSES);
        put(values, "aws:PrincipalArn", ARNS);
        return values;
    }

    private void put(Map<String, List<String>> values, String key, List<String> from) {
        int count = one(List.of(0, 1, 1, 1, 2));
        if (count > 0) {
            values.put(key.toLowerCase(Locale.ROOT), Stream.generate(() -> one(from)).limit(count).toList());
        }
    }

    private String list(Supplier<String> value) {
        int count = random.nextInt(4);
        return count == 0
                ? value.get()
                : Stream.generate(value).limit(count).collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(String text) {
        return "\"" + text + "\"";
    }

    private <T> T one(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
