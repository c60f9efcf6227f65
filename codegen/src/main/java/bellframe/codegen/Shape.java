package bellframe.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A type of the model. Shapes refer to one another by name; [Model#shape] resolves the name.
sealed interface Shape {

    String name();

    /// An object with named members.
    record Structure(String name, List<Member> members) implements Shape {
    }

    /// A string.
    ///
    /// @param sensitive whether values must not appear in logs or messages
    record Text(String name, Bounds length, @Nullable String pattern, boolean sensitive) implements Shape {
    }

    record Enumeration(String name, List<String> values) implements Shape {

        String javaName() {
            return JavaNames.type(name);
        }
    }

    record Whole(String name, Bounds range) implements Shape {
    }

    record Flag(String name) implements Shape {
    }

    record Timestamp(String name) implements Shape {
    }

    record ListOf(String name, String item, Bounds size) implements Shape {
    }

    record MapOf(String name, String key, String value, Bounds size) implements Shape {
    }

    /// What the model's `min` and `max` say, both inclusive.
    record Bounds(@Nullable Integer min, @Nullable Integer max) {

        boolean exist() {
            return min != null || max != null;
        }

        /// The two bounds as arguments of a call, the widest where the model has none.
        String asArguments(String lowest) {
            return (min == null ? lowest : min) + ", " + (max == null ? "Integer.MAX_VALUE" : max);
        }
    }

    /// A member of a structure.
    ///
    /// @param wireName the name in the path template, the query, the header, the JSON object, the form or the XML element
    record Member(String name, String shape, boolean required, Location location, String wireName) {

        String javaName() {
            return JavaNames.component(name);
        }
    }

    /// Where a member of an input is found.
    enum Location {
        LABEL,
        QUERY,
        HEADER,
        BODY
    }
}
