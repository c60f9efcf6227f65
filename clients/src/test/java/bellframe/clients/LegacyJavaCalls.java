package bellframe.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.chime.ChimeClient;
import software.amazon.awssdk.services.chime.model.ChimeException;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// Makes calls with the unmodified `chime` client of the AWS SDK for Java, one for each line of input, as
/// `clients/js/calls.mjs` does. A program of its own, so that its clock and its environment are its own too.
final class LegacyJavaCalls {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final ChimeClient client;

    private LegacyJavaCalls(ChimeClient client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (ChimeClient client = client();
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var calls = new LegacyJavaCalls(client);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode asked = JSON.readTree(line);
                answers.println(calls.answer(asked.get("operation").asText(), asked.get("input")));
            }
        }
    }

    /// The keys and the region come from the environment; so does the endpoint, which this version wants to be told.
    private static ChimeClient client() {
        return ChimeClient.builder()
                .endpointOverride(URI.create(System.getenv().getOrDefault("AWS_ENDPOINT_URL", "")))
                .overrideConfiguration(
                        options -> options.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION,
                                true))
                .build();
    }

    private String answer(String operation, JsonNode input)
            throws ReflectiveOperationException, JsonProcessingException {
        ObjectNode answer = JSON.createObjectNode();
        try {
            answer.set("output", json(call(operation, input)));
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof ChimeException refusal)) {
                throw e;
            }
            answer.set("error", refused(refusal));
        }
        return JSON.writeValueAsString(answer);
    }

    private SdkPojo call(String operation, JsonNode input) throws ReflectiveOperationException {
        String name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
        Class<?> type = Class.forName(ChimeException.class.getPackageName() + "." + operation + "Request");
        Method method = ChimeClient.class.getMethod(name, type);
        SdkPojo request = filled((SdkPojo) type.getMethod("builder").invoke(null), input);
        return (SdkPojo) method.invoke(client, request);
    }

    private static ObjectNode refused(AwsServiceException refusal) {
        ObjectNode error = JSON.createObjectNode();
        error.put("name", refusal.awsErrorDetails().errorCode());
        error.put("status", refusal.statusCode());
        error.put("message", refusal.awsErrorDetails().errorMessage());
        error.put("modelled", refusal.getClass() != ChimeException.class);
        JsonNode code = ((SdkPojo) refusal).sdkFields().isEmpty() ? null : json((SdkPojo) refusal).get("Code");
        error.set("code", code);
        return error;
    }

    private static SdkPojo filled(SdkPojo builder, JsonNode input) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = input.get(field.memberName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    private static Object value(SdkField<?> field, JsonNode value) {
        MarshallingType<?> type = field.marshallingType();
        if (type.equals(MarshallingType.STRING)) {
            return value.asText();
        } else if (type.equals(MarshallingType.INTEGER)) {
            return value.asInt();
        } else if (type.equals(MarshallingType.BOOLEAN)) {
            return value.asBoolean();
        } else if (type.equals(MarshallingType.INSTANT)) {
            return Instant.parse(value.asText());
        } else if (type.equals(MarshallingType.LIST)) {
            return list(field.getTrait(ListTrait.class).memberFieldInfo(), value);
        }
        return filled(field.constructor().get(), value);
    }

    private static List<Object> list(SdkField<?> item, JsonNode values) {
        List<Object> list = new ArrayList<>();
        values.forEach(value -> list.add(value(item, value)));
        return list;
    }

    private static JsonNode json(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case SdkPojo structure -> members(structure);
            case List<?> list -> items(list);
            case Instant instant -> JSON.getNodeFactory().textNode(MILLISECONDS.format(instant));
            case Boolean flag -> JSON.getNodeFactory().booleanNode(flag);
            case Integer number -> JSON.getNodeFactory().numberNode(number);
            default -> JSON.getNodeFactory().textNode(value.toString());
        };
    }

    private static ObjectNode members(SdkPojo structure) {
        ObjectNode members = JSON.createObjectNode();
        for (SdkField<?> field : structure.sdkFields()) {
            Object value = field.getValueOrDefault(structure);
            if (value != null) {
                members.set(field.memberName(), json(value));
            }
        }
        return members;
    }

    private static ArrayNode items(List<?> list) {
        ArrayNode items = JSON.createArrayNode();
        list.forEach(item -> items.add(json(item)));
        return items;
    }
}
