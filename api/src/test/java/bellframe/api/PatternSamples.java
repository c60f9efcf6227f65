package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values that a pattern of the models accepts and refuses.
record PatternSamples(List<String> accepted, List<String> refused) {

    private static final String USER_ARN = "arn:aws:chime:us-east-1:123456789012:app-instance/a/user/";
    /// With so many characters more, the part of the ARN behind its colons is as long as may be.
    private static final int USER_ID_CHARS = 1024 - "app-instance/a/user/".length();

    private static final String ROLE_ARN = "arn:aws:iam::123456789012:role/r";
    private static final PatternSamples TAG = new PatternSamples(
            List.of("Key 1_.:/=+-@", "\u00E9\u6F22\u00BD\u00A0", "\uD835\uDC00"),
            List.of("a\t", "a#", "*", "\uD83D\uDE00"));

    /// What each pattern of the models accepts and refuses; the lengths are legal everywhere.
    static final Map<String, PatternSamples> ALL = Map.ofEntries(
            Map.entry("arn:[a-z0-9-\\.]{1,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[^/].{0,1023}",
                    new PatternSamples(
                            List.of("arn:aws:chime:us-east-1:123456789012:app-instance/a/user/b", "arn:a::::xy",
                                    "arn:a::::x\n",
                                    "arn:a::::" + "x".repeat(1024), "arn:a::::\uD83D\uDE00:",
                                    USER_ARN + "b".repeat(USER_ID_CHARS)),
                            List.of("app-instance", "arn:a::::/x", "arn:a:::x", "arn:A::::xy",
                                    "arn:a::::" + "x".repeat(1025),
                                    " arn:a::::xy", "arn:::::xy", "arn:a:" + "x".repeat(64) + ":::x",
                                    USER_ARN + "b".repeat(USER_ID_CHARS + 1),
                                    USER_ARN.replace("aws", "a".repeat(64)) + "b"))),
            Map.entry("[A-Za-z0-9]([A-Za-z0-9\\:\\-\\_\\.\\@]{0,62}[A-Za-z0-9])?",
                    new PatternSamples(List.of("a", "a:-_.@9", "9".repeat(64)),
                            List.of("_a", "a_", "a b", "a\n", "-"))),
            Map.entry("[-_a-zA-Z0-9]*",
                    new PatternSamples(List.of("-_aZ9", "aa"), List.of("a b", "a\n", "\u00E9\u00E9", "aa."))),
            Map.entry("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]*",
                    new PatternSamples(List.of("\t\n\r ~", "\uD7FF\uE000\uFFFD", "\uD800\uDC00\uDBFF\uDFFF"),
                            List.of("a\u0000", "\u001F", "\u007F", "\u009F", "\uFFFE", "\u0084"))),
            Map.entry(
                    "arn:aws:lambda:[a-z]{2}-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9\\-_\\.]+(:(\\$LATEST|[a-zA-Z0-9\\-_]+))?",
                    new PatternSamples(
                            List.of("arn:aws:lambda:us-east-1:123456789012:function:f",
                                    "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
                                    "arn:aws:lambda:us-east-1:123456789012:function:f.g:v_1"),
                            List.of("arn:aws:lambda:us-east-1:12345678901:function:f",
                                    "arn:aws:lambda:us-east-1:123456789012:function:f:",
                                    "arn:aws:lambda:us-east-1:123456789012:function:f:$OTHER"))),
            Map.entry("arn:aws:lex:[a-z]{2}-[a-z]+-\\d{1}:\\d{12}:bot-alias/[A-Z0-9]{10}/[A-Z0-9]{10}",
                    new PatternSamples(List.of("arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHI1/ABCDEFGHI2"),
                            List.of("arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHI1/abcdefghi2"))),
            Map.entry("^([A-Za-z]_?)+$",
                    new PatternSamples(List.of("a", "Book_Hotel_", "aB"), List.of("_a", "a__b", "a1", "a\n"))),
            Map.entry(".*\\S.*",
                    new PatternSamples(List.of("a", " a ", "\n.\n", "\uD83D\uDE00"), List.of(" ", "\n\t "))),
            Map.entry("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
                    new PatternSamples(List.of("/", "/a/", "///", "/a/b!~/"),
                            List.of("a", "/a", "//", "/a b/", "/\u00E9/", "/a/\n"))),
            Map.entry("\\u002F[\\u0021-\\u007F]*",
                    new PatternSamples(List.of("/", "/a", "/a/\u007F"), List.of("a", "/ ", "/\u0080", "/\n"))),
            Map.entry("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/",
                    new PatternSamples(List.of("/", "/a/", "/Z.,+@=_-9/b/"),
                            List.of("a", "/a", "//", "/a//", "/a b/", "/a/\n"))),
            Map.entry("[\\w+=,.@-]+",
                    new PatternSamples(List.of("a_9+=,.@-", "Z"), List.of("a b", "a/b", "\u00E9", "a\n"))),
            Map.entry("[\\w+=,.@-]*",
                    new PatternSamples(List.of("a_9+=,.@-", "ZZ"), List.of("a b", "a/b", "\u00E9\u00E9", "a\n"))),
            Map.entry("[\\w+=,.@:\\/-]*",
                    new PatternSamples(List.of("a_9+=,.@:/-", "ZZ"), List.of("a b", "a\\b", "\u00E9\u00E9", "a\n"))),
            Map.entry("[\\w+=/:,.@-]*",
                    new PatternSamples(List.of("GAHT12345678", "arn:aws:iam::123456789012:mfa/u"),
                            List.of("GAHT 12345678", "GAHT12345678\n"))),
            Map.entry("[\\w]+",
                    new PatternSamples(List.of("AKIAIOSFODNN7EXAMPLE", "_".repeat(16)),
                            List.of("AKIAIOSFODNN7-EXAMPLE", "AKIAIOSFODNN7EXAMPL\u00C9", "AKIAIOSFODNN7EXAMPLE\n"))),
            Map.entry("[\\d]*",
                    new PatternSamples(List.of("123456"), List.of("12345a", "\u0661".repeat(6), "12345\n"))),
            Map.entry("[\\u0020-\\u00FF]+",
                    new PatternSamples(List.of("a ~", "a ~\u00FF"), List.of("a\n", "\u001F", "\u0100"))),
            Map.entry("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
                    new PatternSamples(List.of("{}", "{\t\n\r \u00FF}"),
                            List.of("\u0000", "{\u000B}", "\u0100", "\uD83D\uDE00"))),
            Map.entry("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
                    new PatternSamples(List.of("a", "\t\n\r ~\u00A1\u00FF"), List.of("\u007F", "\u00A0", "\u0100"))),
            Map.entry("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
                    new PatternSamples(List.of(ROLE_ARN, ROLE_ARN + "\t\n\r\u0085\uFFFD\uD83D\uDE00"),
                            List.of(ROLE_ARN + "\u0000", ROLE_ARN + "\u007F", ROLE_ARN + "\uFFFE"))),
            Map.entry("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+", TAG),
            Map.entry("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", TAG));

    /// Those of the pattern of a string shape, unless every value matches it.
    static @Nullable PatternSamples of(JsonNode shape) {
        String regex = shape.path("pattern").asText(".*");
        return regex.equals(".*") || regex.equals("[\\s\\S]*") ? null : ALL.get(regex);
    }
}
