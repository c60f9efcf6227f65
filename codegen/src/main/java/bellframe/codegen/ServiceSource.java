package bellframe.codegen;

/// Makes the service's interface.
final class ServiceSource {

    private ServiceSource() {
    }

    static String of(Main.Service service, Model model) {
        var source = new Source();
        source.line("/// The operations of the %s API; the input has been read and validated.", service.name());
        source.open("public interface %sService {", service.name());
        for (Model.Operation operation : model.operations()) {
            source.blank();
            String output = operation.output() == null ? "void" : operation.output();
            source.line("%s %s(Call call, %s request);", output, JavaNames.component(operation.name()),
                    operation.input());
        }
        source.close("}");
        return source.inPackage(service.packageName());
    }
}
