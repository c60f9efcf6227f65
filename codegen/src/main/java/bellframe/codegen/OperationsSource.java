package bellframe.codegen;

import java.util.List;
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
        source.openContinuation("public static final List<Operation<%sService, ?, ?>> ALL = List.of(", service);
        source.closeContinuation("%s);", model.operations()
                .stream()
                .map(operation -> JavaNames.constant(operation.name()))
                .collect(Collectors.joining(",\n            ")));
        source.blank();
        source.open("private %sOperations() {", service);
        source.close("}");
        source.close("}");
    }

    private void writeOperation(Model.Operation operation) {
        String output = operation.output() == null ? "Void" : operation.output();
        source.blank();
        source.line("public static final Operation<%sService, %s, %s> %s =", service, operation.input(), output,
                JavaNames.constant(operation.name()));
        source.openContinuation("        new Operation<>(");
        source.line("        %s,", JavaNames.literal(operation.name()));
        source.line("        %s,", JavaNames.literal(operation.method()));
        source.line("        %s,", list(operation.path()));
        source.line("        %s,", fixedQuery(operation));
        source.line("        %d,", operation.status());
        source.line("        %b,", model.hasBearer(operation));
        source.line("        %s,", list(operation.errors()));
        source.line("        %sReader::%s,", service, JavaNames.component(operation.input()));
        source.line("        input -> %sValidator.%s(MemberPath.ROOT, input),", service,
                JavaNames.component(operation.input()));
        source.line("        %s,", handler(operation));
        source.closeContinuation("        %s);", writer(operation));
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
                ? "(json, output) -> {\n            }"
                : "(json, output) -> %sJson.write(json, TimestampFormat.EPOCH_SECONDS, output)".formatted(service);
    }

    private static String list(List<String> texts) {
        return texts.stream().map(JavaNames::literal).collect(Collectors.joining(", ", "List.of(", ")"));
    }
}
