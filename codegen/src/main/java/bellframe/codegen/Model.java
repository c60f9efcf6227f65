package bellframe.codegen;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A service's model: its operations and the shapes of their inputs and outputs, in the order of the file.
record Model(Metadata metadata, List<Operation> operations, Map<String, Shape> shapes) {

    static final String BEARER_HEADER = "x-amz-chime-bearer";

    /// What clients of the service put into each request.
    ///
    /// @param signingName the service's name in signatures
    /// @param xmlNamespace the namespace of XML answers, if there are any
    record Metadata(String version, String signingName, @Nullable String xmlNamespace) {
    }

    /// An operation and how HTTP carries it.
    ///
    /// @param path the segments of the path, labels in braces
    /// @param input the name of the input's structure
    /// @param output the name of the output's structure, if there is one
    /// @param errors what tells an error from others on the wire
    record Operation(
            String name,
            String method,
            List<String> path,
            @Nullable FixedQuery fixedQuery,
            int status,
            String input,
            @Nullable String output,
            List<String> errors) {
    }

    record FixedQuery(String name, String value) {
    }

    /// The element that holds the output of an operation in an XML answer.
    static String resultElement(String operation) {
        return operation + "Result";
    }

    Shape shape(String name) {
        return Objects.requireNonNull(shapes.get(name), () -> "the model has no shape " + name);
    }

    Shape.Structure structure(String name) {
        return (Shape.Structure) shape(name);
    }

    List<Shape.Structure> structures() {
        return only(Shape.Structure.class, shapes.values()).toList();
    }

    List<Shape.Enumeration> enumerations() {
        return only(Shape.Enumeration.class, shapes.values()).toList();
    }

    /// The shapes that an input holds, each after the shapes that it is made of.
    Collection<Shape> inputShapes() {
        return reachable(operation -> Stream.of(operation.input()));
    }

    /// The structures that an output holds.
    List<Shape.Structure> outputStructures() {
        return only(Shape.Structure.class, reachable(operation -> Stream.ofNullable(operation.output()))).toList();
    }

    /// Whether the structure is the whole input of an operation, bound to the parts of a request.
    boolean isRequest(Shape.Structure structure) {
        return operations.stream().anyMatch(operation -> operation.input().equals(structure.name()));
    }

    boolean hasBearer(Operation operation) {
        return structure(operation.input()).members()
                .stream()
                .anyMatch(member -> member.wireName().equals(BEARER_HEADER));
    }

    private Collection<Shape> reachable(Function<Operation, Stream<String>> roots) {
        Set<Shape> found = new LinkedHashSet<>();
        operations.stream().flatMap(roots).forEach(root -> collect(shape(root), found));
        return found;
    }

    private void collect(Shape shape, Set<Shape> found) {
        if (!found.contains(shape)) {
            parts(shape).forEach(part -> collect(shape(part), found));
            found.add(shape);
        }
    }

    private static Stream<String> parts(Shape shape) {
        return switch (shape) {
            case Shape.Structure structure -> structure.members().stream().map(Shape.Member::shape);
            case Shape.ListOf list -> Stream.of(list.item());
            case Shape.MapOf map -> Stream.of(map.key(), map.value());
            case Shape.Text _,Shape.Enumeration _,Shape.Whole _,Shape.Flag _,Shape.Timestamp _ -> Stream.empty();
        };
    }

    private static <T extends Shape> Stream<T> only(Class<T> kind, Collection<Shape> shapes) {
        return shapes.stream().filter(kind::isInstance).map(kind::cast);
    }
}
