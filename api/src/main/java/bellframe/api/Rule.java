package bellframe.api;

import java.util.List;
import java.util.Map;

/// A constraint of the model on one value, [InvalidInput] when it is broken. Messages never repeat the value.
@FunctionalInterface
public interface Rule<T> {

    void check(MemberPath at, T value);

    /// No constraint.
    static <T> Rule<T> none() {
        return (_, _) -> {
        };
    }

    /// A number between two bounds, inclusive.
    static Rule<Integer> range(int min, int max) {
        return (at, value) -> between(at, "value", value, min, max);
    }

    /// A string of so many code points.
    static Rule<String> text(int min, int max) {
        return (at, value) -> between(at, "length", value.codePointCount(0, value.length()), min, max);
    }

    /// A string of so many code points that as a whole matches a pattern. The length is checked first: it bounds the
    /// work of matching.
    static Rule<String> text(int min, int max, String regex) {
        Rule<String> length = text(min, max);
        var pattern = new ValuePattern(regex);
        return (at, value) -> {
            length.check(at, value);
            if (!pattern.matches(value)) {
                throw at.broken("must match the pattern " + regex);
            }
        };
    }

    /// A list of so many items, each of which obeys a rule.
    static <T> Rule<List<T>> list(int min, int max, Rule<T> item) {
        return (at, list) -> {
            between(at, "size", list.size(), min, max);
            for (int i = 0; i < list.size(); i++) {
                item.check(at.item(i), list.get(i));
            }
        };
    }

    /// A map of so many entries. Keys may be secret, so an entry is named by its position: `MessageAttributes[0].key`.
    static <T> Rule<Map<String, T>> map(int min, int max, Rule<String> key, Rule<T> value) {
        return (at, map) -> {
            between(at, "size", map.size(), min, max);
            int position = 0;
            for (Map.Entry<String, T> entry : map.entrySet()) {
                MemberPath place = at.item(position++);
                key.check(place.member("key"), entry.getKey());
                value.check(place.member("value"), entry.getValue());
            }
        };
    }

    private static void between(MemberPath at, String what, int actual, int min, int max) {
        if (actual < min) {
            throw at.broken(what + " must be at least " + min);
        }
        if (actual > max) {
            throw at.broken(what + " must be at most " + max);
        }
    }
}
