package bellframe.codegen;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Makes the operation table.
final class OperationsSource {

    private final Main.Service service;
    private final String name;
    private final Model model;
    private final Source source = new Source();

    private OperationsSource(Main.Service service, Model model) {
        this.service = service;
        this.name = service.name();
        this.model = model;
    }

    static String of(Main.Service service, Model model) {
        var writer = new OperationsSource(service, model);
        writer.writeTable();
        return writer.source.inPackage(service.packageName());
    }

    private void writeTable() {
        source.line("/// The operation table of the %s API.", name);
        source.open("public final class %sOperations {", name);
        switch (service.protocol()) {
            case REST_JSON -> {
                model.operations().forEach(this::writeOperation);
                writeList("Operation");
            }
            case QUERY -> {
                model.operations().forEach(this::writeQueryOperation);
                writeList("QueryOperation");
                writeService();
            }
        }
        source.blank();
        source.open("private %sOperations() {", name);
        source.close("}");
        source.close("}");
    }

    private void writeList(String type) {
        source.blank();
        source.line("/// Every operation, in the order of the model.");
        source.open("public static final List<%s<%sService, ?, ?>> ALL = List.of(", type, name);
        source.close("        %s);", model.operations()
                .stream()
                .map(operation -> JavaNames.constant(operation.name()))
                .collect(Collectors.joining(",\n        ")));
    }

    private void writeService() {
        Model.Metadata metadata = model.metadata();
        source.blank();
        source.line("/// The service as its clients know it.");
        source.line("""
                public static final QueryService<%sService> SERVICE = new QueryService<>(
                        %s,
                        %s,
                        %s,
                        ALL);""",
                name,
                JavaNames.literal(metadata.signingName()),
                JavaNames.literal(metadata.version()),
                JavaNames.literal(Objects.requireNonNull(metadata.xmlNamespace(), "xmlNamespace")));
    }

    private void writeOperation(Model.Operation operation) {
        source.blank();
        source.line("""
                public static final Operation<%1$sService, %2$s, %3$s> %4$s = new Operation<>(
                        %5$s,
                        %6$s,
                        %7$s,
                        %8$s,
                        %9$d,
                        %10$b,
                        %11$s,
                        %12$s,
                        %13$s,
                        %14$s,
                        %15$s,
                        %16$s);""",
                name,
                operation.input(),
                output(operation),
                JavaNames.constant(operation.name()),
                JavaNames.literal(operation.name()),
                JavaNames.literal(operation.method()),
                list(operation.path(), " "),
                fixedQuery(operation),
                operation.status(),
                model.hasBearer(operation),
                errors(operation),
                reader(operation),
                validator(operation),
                resources(operation),
                handler(operation),
                jsonWriter(operation));
    }

    private void writeQueryOperation(Model.Operation operation) {
        source.blank();
        source.line("""
                public static final QueryOperation<%1$sService, %2$s, %3$s> %4$s = new QueryOperation<>(
                        %5$s,
                        %6$s,
                        %7$s,
                        %8$s,
                        %9$s,
                        %10$s);""",
                name,
                operation.input(),
                output(operation),
                JavaNames.constant(operation.name()),
                JavaNames.literal(operation.name()),
                errors(operation),
                reader(operation),
                validator(operation),
                handler(operation),
                xmlWriter(operation));
    }

    private static String output(Model.Operation operation) {
        return Objects.requireNonNullElse(operation.output(), "Void");
    }

    private static String fixedQuery(Model.Operation operation) {
        Model.FixedQuery query = operation.fixedQuery();
        return query == null
                ? "null"
                : "new FixedQuery(%s, %s)".formatted(JavaNames.literal(query.name()), JavaNames.literal(query.value()));
    }

    private static String errors(Model.Operation operation) {
        return list(operation.errors(), "\n                ");
    }

    private String reader(Model.Operation operation) {
        return "%sReader::%s".formatted(name, JavaNames.component(operation.input()));
    }

    private String validator(Model.Operation operation) {
        return "input -> %sValidator.%s(MemberPath.ROOT, input)".formatted(name,
                JavaNames.component(operation.input()));
    }

    private String resources(Model.Operation operation) {
        List<Shape.Member> members = PolicyResources.of(model, operation);
        if (members.isEmpty()) {
            return "_ -> List.of()";
        }
        String values = members.stream()
                .map(member -> "input.%s()".formatted(member.javaName()))
                .collect(Collectors.joining(", "));
        boolean allPresent = members.stream().allMatch(Shape.Member::required);
        return "input -> %s(%s)".formatted(allPresent ? "List.of" : "Resources.present", values);
    }

    private String handler(Model.Operation operation) {
        String method = JavaNames.component(operation.name());
        if (operation.output() != null) {
            return "%sService::%s".formatted(name, method);
        }
        return """
                (service, call, input) -> {
                            service.%s(call, input);
                            return null;
                        }""".formatted(method);
    }

    private String jsonWriter(Model.Operation operation) {
        return operation.output() == null
                ? "(_, _) -> {\n        }"
                : "(json, output) -> %sJson.write(json, TimestampFormat.EPOCH_SECONDS, output)".formatted(name);
    }

    private String xmlWriter(Model.Operation operation) {
        return operation.output() == null
                ? "(_, _) -> {\n        }"
                : "(xml, output) -> xml.structure(%s, output, %sXml::write)".formatted(
                        JavaNames.literal(Model.resultElement(operation.name())), name);
    }

    private static String list(List<String> texts, String separator) {
        return texts.stream().map(JavaNames::literal).collect(Collectors.joining("," + separator, "List.of(", ")"));
    }
}
