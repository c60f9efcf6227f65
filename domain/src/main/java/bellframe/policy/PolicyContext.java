package bellframe.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of the condition keys and policy variables of one request.
///
/// A key may be asked for many times while a request is decided, so whatever takes long to find out is to be kept.
@FunctionalInterface
public interface PolicyContext {

    /// The values of a key: none if the request does not have it, several only for keys that can have several.
    ///
    /// @param key such as `aws:principaltag/team`: in lower case as by `toLowerCase(Locale.ROOT)`, the tag's key too,
    ///        since a condition names tags regardless of case. Where a resource has two tags that differ in case alone,
    ///        both values are to be given: each satisfies a condition, and neither is put in for a variable.
    List<String> values(String key);

    /// The values of a key that has one at most.
    static List<String> value(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
