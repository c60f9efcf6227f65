package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// On which members of its input a policy is evaluated, for every operation.
class ResourcesTest {

    private static final Map<String, List<String>> MESSAGING = table("""
            AssociateChannelFlow ChimeBearer ChannelArn ChannelFlowArn
            BatchCreateChannelMembership ChimeBearer ChannelArn
            ChannelFlowCallback ChannelArn
            CreateChannel ChimeBearer
            CreateChannelBan ChimeBearer ChannelArn
            CreateChannelFlow AppInstanceArn
            CreateChannelMembership ChimeBearer ChannelArn
            CreateChannelModerator ChimeBearer ChannelArn
            DeleteChannel ChimeBearer ChannelArn
            DeleteChannelBan ChimeBearer ChannelArn
            DeleteChannelFlow ChannelFlowArn
            DeleteChannelMembership ChimeBearer ChannelArn
            DeleteChannelMessage ChimeBearer ChannelArn
            DeleteChannelModerator ChimeBearer ChannelArn
            DeleteMessagingStreamingConfigurations AppInstanceArn
            DescribeChannel ChimeBearer ChannelArn
            DescribeChannelBan ChimeBearer ChannelArn
            DescribeChannelFlow ChannelFlowArn
            DescribeChannelMembership ChimeBearer ChannelArn
            DescribeChannelMembershipForAppInstanceUser ChimeBearer ChannelArn
            DescribeChannelModeratedByAppInstanceUser ChimeBearer ChannelArn
            DescribeChannelModerator ChimeBearer ChannelArn
            DisassociateChannelFlow ChimeBearer ChannelArn ChannelFlowArn
            GetChannelMembershipPreferences ChimeBearer ChannelArn
            GetChannelMessage ChimeBearer ChannelArn
            GetChannelMessageStatus ChimeBearer ChannelArn
            GetMessagingSessionEndpoint
            GetMessagingStreamingConfigurations AppInstanceArn
            ListChannelBans ChimeBearer ChannelArn
            ListChannelFlows AppInstanceArn
            ListChannelMemberships ChimeBearer ChannelArn
            ListChannelMembershipsForAppInstanceUser ChimeBearer
            ListChannelMessages ChimeBearer ChannelArn
            ListChannelModerators ChimeBearer ChannelArn
            ListChannels ChimeBearer
            ListChannelsAssociatedWithChannelFlow ChannelFlowArn
            ListChannelsModeratedByAppInstanceUser ChimeBearer
            ListSubChannels ChimeBearer ChannelArn
            ListTagsForResource ResourceARN
            PutChannelExpirationSettings ChimeBearer ChannelArn
            PutChannelMembershipPreferences ChimeBearer ChannelArn
            PutMessagingStreamingConfigurations AppInstanceArn
            RedactChannelMessage ChimeBearer ChannelArn
            SearchChannels ChimeBearer
            SendChannelMessage ChimeBearer ChannelArn
            TagResource ResourceARN
            UntagResource ResourceARN
            UpdateChannel ChimeBearer ChannelArn
            UpdateChannelFlow ChannelFlowArn
            UpdateChannelMessage ChimeBearer ChannelArn
            UpdateChannelReadMarker ChimeBearer ChannelArn
            """);

    private static final Map<String, List<String>> IDENTITY = table("""
            CreateAppInstance
            CreateAppInstanceAdmin AppInstanceArn AppInstanceAdminArn
            CreateAppInstanceBot AppInstanceArn
            CreateAppInstanceUser AppInstanceArn
            DeleteAppInstance AppInstanceArn
            DeleteAppInstanceAdmin AppInstanceArn AppInstanceAdminArn
            DeleteAppInstanceBot AppInstanceBotArn
            DeleteAppInstanceUser AppInstanceUserArn
            DeregisterAppInstanceUserEndpoint AppInstanceUserArn
            DescribeAppInstance AppInstanceArn
            DescribeAppInstanceAdmin AppInstanceArn AppInstanceAdminArn
            DescribeAppInstanceBot AppInstanceBotArn
            DescribeAppInstanceUser AppInstanceUserArn
            DescribeAppInstanceUserEndpoint AppInstanceUserArn
            GetAppInstanceRetentionSettings AppInstanceArn
            ListAppInstanceAdmins AppInstanceArn
            ListAppInstanceBots AppInstanceArn
            ListAppInstanceUserEndpoints AppInstanceUserArn
            ListAppInstanceUsers AppInstanceArn
            ListAppInstances
            ListTagsForResource ResourceARN
            PutAppInstanceRetentionSettings AppInstanceArn
            PutAppInstanceUserExpirationSettings AppInstanceUserArn
            RegisterAppInstanceUserEndpoint AppInstanceUserArn
            TagResource ResourceARN
            UntagResource ResourceARN
            UpdateAppInstance AppInstanceArn
            UpdateAppInstanceBot AppInstanceBotArn
            UpdateAppInstanceUser AppInstanceUserArn
            UpdateAppInstanceUserEndpoint AppInstanceUserArn
            """);

    /// An operation in a line, and behind it the members in the order in which they are evaluated.
    private static Map<String, List<String>> table(String lines) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        lines.lines().map(line -> Arrays.asList(line.split(" "))).forEach(words -> {
            table.put(words.getFirst(), words.subList(1, words.size()));
        });
        return table;
    }

    @Test
    void everyOperationIsInTheTables() {
        assertThat(MESSAGING).containsOnlyKeys(names(ModelFile.MESSAGING)).hasSize(51);
        assertThat(IDENTITY).containsOnlyKeys(names(ModelFile.IDENTITY)).hasSize(30);
    }

    private static List<String> names(ModelFile model) {
        return model.table().stream().<String>map(Operation::name).toList();
    }

    static Stream<Object[]> operations() {
        return InputConstraintsTest.operations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aPolicyIsEvaluatedOnTheResourcesInTheirOrder(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = named(model, operation, new Samples(model).full(model.input(operation)));

        assertThat(resources(model, operation, input)).isEqualTo(expected(model, operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void absentMembersAreLeftOut(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = named(model, operation, new Samples(model).minimal(model.input(operation)));

        assertThat(resources(model, operation, input))
                .isEqualTo(expected(model, operation).stream().filter(input::has).toList());
    }

    /// The input with each string replaced by the name of its member: readers check no pattern.
    private static ObjectNode named(ModelFile model, Operation<?, ?, ?> operation, ObjectNode input) {
        ObjectNode named = input.deepCopy();
        for (Map.Entry<String, JsonNode> member : model.members(model.input(operation))) {
            String type = ModelFile.type(model.shape(ModelFile.shapeOf(member.getValue())));
            if (input.has(member.getKey()) && type.equals("string")) {
                named.put(member.getKey(), member.getKey());
            }
        }
        return named;
    }

    private static <I> List<String> resources(ModelFile model, Operation<?, I, ?> operation, ObjectNode input) {
        return operation.resources().of(operation.reader().read(RequestParts.of(model, operation, input)));
    }

    private static List<String> expected(ModelFile model, Operation<?, ?, ?> operation) {
        Map<String, List<String>> table = model.equals(ModelFile.MESSAGING) ? MESSAGING : IDENTITY;
        return Objects.requireNonNull(table.get(operation.name()), operation.name());
    }
}
