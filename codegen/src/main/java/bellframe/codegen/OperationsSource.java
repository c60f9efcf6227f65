package bellframe.codegen;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Makes the operation table.
final class OperationsSource {

    private final String service;
    private final Model model;
    private final Source source = new Source();

    private OperationsSource(String service, Model model) {
        this.service = service;
        this.model = model;
    }

    static String of(Main.Service service, Model model) {
        var writer = new OperationsSource(service.name(), model);
        writer.writeTable();
        return writer.source.inPackage(service.packageName());
    }

    private void writeTable() {
        source.line("/// The operation table of the %s API.", service);
        source.open("public final class %sOperations {", service);
        model.operations().forEach(this::writeOperation);
        source.blank();
        source.line("/// Every operation, in the order of the model.");
        source.open("public static final List<Operation<%sService, ?, ?>> ALL = List.of(", service);
        source.close("        %s);", model.operations()
                .stream()
                .map(operation -> JavaNames.constant(operation.name()))
                .collect(Collectors.joining(",\n        ")));
        source.blank();
        source.open("private %sOperations() {", service);
        source.close("}");
        source.close("}");
    }

    private void writeOperation(Model.Operation operation) {
        String input = JavaNames.component(operation.input());
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
                        %1$sReader::%12$s,
                        input -> %1$sValidator.%12$s(MemberPath.ROOT, input),
                        %13$s,
                        %14$s);""",
                service,
                operation.input(),
                Objects.requireNonNullElse(operation.output(), "Void"),
                JavaNames.constant(operation.name()),
                JavaNames.literal(operation.name()),
                JavaNames.literal(operation.method()),
                list(operation.path(), " "),
                fixedQuery(operation),
                operation.status(),
                model.hasBearer(operation),
                list(operation.errors(), "\n                "),
                input,
                handler(operation),
                writer(operation));
    }

    private static String fixedQuery(Model.Operation operation) {
        Model.FixedQuery query = operation.fixedQuery();
        return query == null
                ? "null"
                : "new FixedQuery(%s, %s)".formatted(JavaNames.literal(query.name()), JavaNames.literal(query.value()));
    }

    private String handler(Model.Operation operation) {
        String method = JavaNames.component(operation.name());
        if (operation.output() != null) {
            return "%sService::%s".formatted(service, method);
        }
        return """
                (service, call, input) -> {
                            service.%s(call, input);
                            return null;
                        }""".formatted(method);
    }

    private String writer(Model.Operation operation) {
        return operation.output() == null
                ? "(_, _) -> {\n        }"
                : "(json, output) -> %sJson.write(json, TimestampFormat.EPOCH_SECONDS, output)".formatted(service);
    }

    private static String list(List<String> texts, String separator) {
        return texts.stream().map(JavaNames::literal).collect(Collectors.joining("," + separator, "List.of(", ")"));
    }
}
