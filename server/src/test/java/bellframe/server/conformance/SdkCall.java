package bellframe.server.conformance;

import bellframe.api.ModelFile;
import bellframe.server.SdkClients;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.chimesdkidentity.ChimeSdkIdentityClient;
import software.amazon.awssdk.services.chimesdkmessaging.ChimeSdkMessagingClient;
import software.amazon.awssdk.utils.builder.Buildable;

/// A call of an operation through the SDK's own client, found by the operation's name.
///
/// @param input the members of the input
record SdkCall(DeclaredError of, JsonNode input) {

    /// Calls, and throws what the client throws.
    void run(SdkClients clients) {
        Class<?> type = isMessaging() ? ChimeSdkMessagingClient.class : ChimeSdkIdentityClient.class;
        Object client = isMessaging() ? clients.messaging() : clients.identity();
        Object request = request();
        String operation = of.operation().name();
        try {
            type.getMethod(Character.toLowerCase(operation.charAt(0)) + operation.substring(1), request.getClass())
                    .invoke(client, request);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(thrown);
        } catch (ReflectiveOperationException unlike) {
            throw new IllegalStateException("the SDK has no " + operation, unlike);
        }
    }

    /// The SDK's class of the error.
    static Class<?> classOf(DeclaredError error) {
        return sdkClass(error, error.name());
    }

    private Object request() {
        try {
            Object builder = sdkClass(of, of.operation().name() + "Request").getMethod("builder").invoke(null);
            return built((SdkPojo) builder, input);
        } catch (ReflectiveOperationException unlike) {
            throw new IllegalStateException("the SDK has no request of " + of.operation().name(), unlike);
        }
    }

    private static Object built(SdkPojo builder, JsonNode members) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = members.get(field.memberName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
        return ((Buildable) builder).build();
    }

    private static Object value(SdkField<?> field, JsonNode value) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> value.asText();
            case INTEGER -> value.asInt();
            case BOOLEAN -> value.asBoolean();
            case LIST -> {
                SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
                yield value.valueStream().map(one -> value(item, one)).toList();
            }
            case MAP -> {
                SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
                Map<String, Object> entries = new HashMap<>();
                value.properties().forEach(entry -> entries.put(entry.getKey(), value(item, entry.getValue())));
                yield entries;
            }
            case SDK_POJO -> built(field.constructor().get(), value);
            default -> throw new IllegalArgumentException(field.memberName());
        };
    }

    private boolean isMessaging() {
        return isMessaging(of);
    }

    private static boolean isMessaging(DeclaredError error) {
        return error.model().equals(ModelFile.MESSAGING);
    }

    private static Class<?> sdkClass(DeclaredError error, String name) {
        String service = isMessaging(error) ? "chimesdkmessaging" : "chimesdkidentity";
        try {
            return Class.forName("software.amazon.awssdk.services." + service + ".model." + name);
        } catch (ClassNotFoundException unlike) {
            throw new IllegalStateException("the SDK has no " + name, unlike);
        }
    }
}
