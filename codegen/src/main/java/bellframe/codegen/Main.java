package bellframe.codegen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Generates the sources of every service: `Main OUTPUT_FOLDER`. The models are resources of this module.
public final class Main {

    /// A service, the package that its sources get, and the model they come from.
    ///
    /// @param name the prefix of its classes: `Messaging`
    record Service(String name, String packageName, String modelFile) {
    }

    static final List<Service> SERVICES = List.of(
            new Service("Messaging", "bellframe.api.messaging", "chime-sdk-messaging-2021-05-15-model.json"),
            new Service("Identity", "bellframe.api.identity", "chime-sdk-identity-2021-04-20-model.json"));

    private Main() {
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument: OUTPUT_FOLDER");
        }
        var output = new OutputFolder(Path.of(arguments[0]));
        for (Service service : SERVICES) {
            generate(service, ModelReader.read(service.modelFile()), output);
        }
        output.deleteStaleFiles();
    }

    private static void generate(Service service, Model model, OutputFolder output) throws IOException {
        output.write(service, "package-info", PackageInfoSource.of(service));
        for (Shape.Structure structure : model.structures()) {
            output.write(service, structure.name(), RecordSource.of(service, model, structure));
        }
        for (Shape.Enumeration enumeration : model.enumerations()) {
            output.write(service, enumeration.name(), EnumSource.of(service, enumeration));
        }
        output.write(service, service.name() + "Service", ServiceSource.of(service, model));
        output.write(service, service.name() + "Reader", ReaderSource.of(service, model));
        output.write(service, service.name() + "Validator", ValidatorSource.of(service, model));
        output.write(service, service.name() + "Json", JsonSource.of(service, model));
        output.write(service, service.name() + "Operations", OperationsSource.of(service, model));
    }
}
