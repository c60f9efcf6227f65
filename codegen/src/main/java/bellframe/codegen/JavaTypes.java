package bellframe.codegen;

/// The Java types that stand for shapes.
final class JavaTypes {

    private final Model model;

    JavaTypes(Model model) {
        this.model = model;
    }

    /// The type of a value that is present, as a reference type.
    String boxed(Shape shape) {
        return switch (shape) {
            case Shape.Structure structure -> structure.name();
            case Shape.Enumeration enumeration -> enumeration.javaName();
            case Shape.Text _ -> "String";
            case Shape.Whole _ -> "Integer";
            case Shape.Flag _ -> "Boolean";
            case Shape.Timestamp _ -> "Instant";
            case Shape.ListOf list -> "List<%s>".formatted(boxed(model.shape(list.item())));
            case Shape.MapOf map -> "Map<String, %s>".formatted(boxed(model.shape(map.value())));
        };
    }

    /// The type of a record's component.
    String component(Shape.Member member) {
        return member.required() ? present(model.shape(member.shape())) : nullable(member);
    }

    /// The type of a member that may be absent.
    String nullable(Shape.Member member) {
        return "@Nullable " + boxed(model.shape(member.shape()));
    }

    private String present(Shape shape) {
        return switch (shape) {
            case Shape.Whole _ -> "int";
            case Shape.Flag _ -> "boolean";
            case Shape.Structure _,Shape.Enumeration _,Shape.Text _,Shape.Timestamp _,Shape.ListOf _,Shape.MapOf _ ->
                boxed(shape);
        };
    }
}
