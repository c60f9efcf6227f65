package bellframe.codegen;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites a pattern of the model for [Pattern], to be matched against the whole value with [Pattern#DOTALL].
///
/// A repeated group would recurse once per repetition and overflow the stack on a long value, so it becomes possessive,
/// which is a loop. That accepts the same values only if no repetition ever needs to give back what it took; a
/// group that does not end the pattern, or that has alternatives, could, and is refused. The exception is a path, `/a/b/`:
/// each repetition begins with a slash, and holds no other.
public final class PatternTranslation {

    private static final Set<String> ALWAYS_TRUE = Set.of(".*", "[\\s\\S]*");

    /// `\\u10000`: the model's escapes have up to six digits, those of Java four.
    private static final Pattern LONG_ESCAPE = Pattern.compile("\\\\u(10[0-9A-Fa-f]{4}|[1-9A-Fa-f][0-9A-Fa-f]{4})");
    private static final Pattern ANCHORED = Pattern.compile("\\^(.*)\\$", Pattern.DOTALL);
    private static final Pattern REPEATED_GROUP = Pattern.compile("\\(([^()|]*)\\)([*+])$");
    private static final Pattern PATH = Pattern.compile("\\(\\(/(\\[[^]]+])\\+\\)\\*\\)/$");
    private static final Pattern ANY_REPEATED_GROUP = Pattern.compile("\\)([*+]|\\{\\d+,\\})(?!\\+)");

    private PatternTranslation() {
    }

    /// The pattern for Java, or nothing if every value matches.
    public static Optional<String> toJava(String pattern) {
        if (ALWAYS_TRUE.contains(pattern)) {
            return Optional.empty();
        }
        String plain = ANCHORED.matcher(pattern).replaceFirst("$1");
        String codePoints = LONG_ESCAPE.matcher(plain).replaceAll("\\\\x{$1}");
        String possessive = REPEATED_GROUP.matcher(possessivePath(codePoints)).replaceFirst("(?:$1)$2+");
        if (ANY_REPEATED_GROUP.matcher(possessive).find()) {
            throw new IllegalArgumentException("a repeated group that may need to backtrack: " + pattern);
        }
        Pattern.compile(possessive, Pattern.DOTALL);
        return Optional.of(possessive);
    }

    private static String possessivePath(String pattern) {
        Matcher path = PATH.matcher(pattern);
        return path.find() && !"/".matches(path.group(1)) ? path.replaceFirst("(?:/$1+)*+/") : pattern;
    }
}
