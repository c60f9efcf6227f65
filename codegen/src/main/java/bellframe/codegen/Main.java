package bellframe.codegen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Generates the sources of every service: `Main OUTPUT_FOLDER`. The models are resources of this module.
public final class Main {

    /// How a service's requests and answers stand on the wire.
    enum Protocol {
        /// JSON, with members of the input in the path, the query and headers too.
        REST_JSON("rest-json"),
        /// Form fields in, XML out.
        QUERY("query");

        private final String modelName;

        Protocol(String modelName) {
            this.modelName = modelName;
        }

        /// What a model calls it.
        String modelName() {
            return modelName;
        }
    }

    /// A service, the package that its sources get, and the model they come from.
    ///
    /// @param name the prefix of its classes: `Messaging`
    /// @param operations those that are generated, with the shapes that they need; all of the model if empty
    record Service(
            String name,
            String packageName,
            String modelFile,
            Protocol protocol,
            Set<String> operations) {

        boolean includes(String operation) {
            return operations.isEmpty() || operations.contains(operation);
        }
    }

    /// What applications use to manage who may call, and what tools for that ask besides.
    private static final Set<String> IAM_OPERATIONS = Set.of(
            "CreateUser", "GetUser", "ListUsers", "DeleteUser", "TagUser", "UntagUser", "ListUserTags",
            "CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey",
            "PutUserPolicy", "GetUserPolicy", "ListUserPolicies", "DeleteUserPolicy",
            "ListAttachedUserPolicies", "ListGroupsForUser",
            "CreateRole", "GetRole", "ListRoles", "UpdateRole", "DeleteRole", "UpdateAssumeRolePolicy",
            "TagRole", "UntagRole", "ListRoleTags",
            "PutRolePolicy", "GetRolePolicy", "ListRolePolicies", "DeleteRolePolicy",
            "ListAttachedRolePolicies", "ListInstanceProfilesForRole",
            "CreateOpenIDConnectProvider", "GetOpenIDConnectProvider", "ListOpenIDConnectProviders",
            "AddClientIDToOpenIDConnectProvider", "RemoveClientIDFromOpenIDConnectProvider",
            "UpdateOpenIDConnectProviderThumbprint", "TagOpenIDConnectProvider", "UntagOpenIDConnectProvider",
            "ListOpenIDConnectProviderTags",
            "DeleteOpenIDConnectProvider");

    private static final Set<String> STS_OPERATIONS = Set.of(
            "GetCallerIdentity", "AssumeRole", "AssumeRoleWithWebIdentity", "GetSessionToken");

    static final List<Service> SERVICES = List.of(
            new Service("Messaging", "bellframe.api.messaging", "chime-sdk-messaging-2021-05-15-model.json",
                    Protocol.REST_JSON, Set.of()),
            new Service("Identity", "bellframe.api.identity", "chime-sdk-identity-2021-04-20-model.json",
                    Protocol.REST_JSON, Set.of()),
            new Service("Iam", "bellframe.api.iam", "iam-2010-05-08-model.json", Protocol.QUERY, IAM_OPERATIONS),
            new Service("Sts", "bellframe.api.sts", "sts-2011-06-15-model.json", Protocol.QUERY, STS_OPERATIONS));

    private Main() {
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument: OUTPUT_FOLDER");
        }
        var output = new OutputFolder(Path.of(arguments[0]));
        for (Service service : SERVICES) {
            generate(service, ModelReader.read(service), output);
        }
        output.deleteStaleFiles();
    }

    private static void generate(Service service, Model model, OutputFolder output) throws IOException {
        output.write(service, "package-info", PackageInfoSource.of(service));
        for (Shape.Structure structure : model.structures()) {
            output.write(service, structure.name(), RecordSource.of(service, model, structure));
        }
        for (Shape.Enumeration enumeration : model.enumerations()) {
            output.write(service, enumeration.javaName(), EnumSource.of(service, enumeration));
        }
        output.write(service, service.name() + "Service", ServiceSource.of(service, model));
        output.write(service, service.name() + "Validator", ValidatorSource.of(service, model));
        output.write(service, service.name() + "Operations", OperationsSource.of(service, model));
        switch (service.protocol()) {
            case REST_JSON -> {
                output.write(service, service.name() + "Reader", ReaderSource.of(service, model));
                output.write(service, service.name() + "Json", JsonSource.of(service, model));
            }
            case QUERY -> {
                output.write(service, service.name() + "Reader", QueryReaderSource.of(service, model));
                output.write(service, service.name() + "Xml", XmlSource.of(service, model));
            }
        }
    }
}
