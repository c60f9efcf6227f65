package bellframe.messages;

import bellframe.api.messaging.ChannelFlowCallbackRequest;
import bellframe.api.messaging.ChannelFlowCallbackResponse;
import bellframe.api.messaging.ChannelMessageCallback;
import bellframe.api.messaging.ChannelMessagePersistenceType;
import bellframe.api.messaging.ChannelMessageSummary;
import bellframe.api.messaging.ChannelMessageType;
import bellframe.api.messaging.DeleteChannelMessageRequest;
import bellframe.api.messaging.GetChannelMessageRequest;
import bellframe.api.messaging.GetChannelMessageResponse;
import bellframe.api.messaging.GetChannelMessageStatusRequest;
import bellframe.api.messaging.GetChannelMessageStatusResponse;
import bellframe.api.messaging.ListChannelMessagesRequest;
import bellframe.api.messaging.ListChannelMessagesResponse;
import bellframe.api.messaging.MessageAttributeValue;
import bellframe.api.messaging.PushNotificationConfiguration;
import bellframe.api.messaging.PushNotificationType;
import bellframe.api.messaging.RedactChannelMessageRequest;
import bellframe.api.messaging.RedactChannelMessageResponse;
import bellframe.api.messaging.SendChannelMessageRequest;
import bellframe.api.messaging.SendChannelMessageResponse;
import bellframe.api.messaging.SortOrder;
import bellframe.api.messaging.Target;
import bellframe.api.messaging.UpdateChannelMessageRequest;
import bellframe.api.messaging.UpdateChannelMessageResponse;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Actors;
import bellframe.identity.Bearer;
import bellframe.limits.Limit;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.PageTokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operations on messages.
public final class MessageOperations {

    private final Actors actors;
    private final Messages messages;
    private final MessageFlows flows;
    private final PageTokens pageTokens;

    public MessageOperations(Actors actors, Messages messages, MessageFlows flows, PageTokens pageTokens) {
        this.actors = actors;
        this.messages = messages;
        this.flows = flows;
        this.pageTokens = pageTokens;
    }

    public SendChannelMessageResponse send(SendChannelMessageRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        Sent sent = messages.send(bearer, request.channelArn(), draft(bearer, request), request.clientRequestToken());
        return new SendChannelMessageResponse(request.channelArn(), sent.id().text(),
                MessageShapes.status(sent.held() ? Message.Status.PENDING : Message.Status.SENT), null);
    }

    public GetChannelMessageResponse get(GetChannelMessageRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        return new GetChannelMessageResponse(
                MessageShapes.message(messages.get(bearer, request.channelArn(), request.messageId())));
    }

    public GetChannelMessageStatusResponse getStatus(GetChannelMessageStatusRequest request) {
        MessageSnapshot own = messages.getOwn(actors.bearer(request.chimeBearer()), request.channelArn(),
                request.messageId());
        return new GetChannelMessageStatusResponse(MessageShapes.status(own));
    }

    public ListChannelMessagesResponse list(ListChannelMessagesRequest request) {
        Bearer bearer = actors.bearer(request.chimeBearer());
        MessageLog.Range range = range(request);
        String list = "ListChannelMessages " + bearer + ' ' + request.channelArn() + ' ' + range;
        Messages.Listing listing = messages.list(bearer, request.channelArn(), range,
                pageTokens.open(list, request.nextToken()), Limit.pageItems(request.maxResults()));
        List<ChannelMessageSummary> summaries = listing.page()
                .items()
                .stream()
                .map(listing.snapshots().andThen(MessageShapes::summary))
                .toList();
        return new ListChannelMessagesResponse(request.channelArn(), pageTokens.seal(list, listing.page().next()),
                summaries, null);
    }

    public UpdateChannelMessageResponse update(UpdateChannelMessageRequest request) {
        Message.Status status = messages.update(actors.bearer(request.chimeBearer()), request.channelArn(),
                request.messageId(), request.content(), request.metadata(), request.contentType());
        return new UpdateChannelMessageResponse(request.channelArn(), request.messageId(),
                MessageShapes.status(status), null);
    }

    public RedactChannelMessageResponse redact(RedactChannelMessageRequest request) {
        messages.redact(actors.bearer(request.chimeBearer()), request.channelArn(), request.messageId());
        return new RedactChannelMessageResponse(request.channelArn(), request.messageId(), null);
    }

    public void delete(DeleteChannelMessageRequest request) {
        messages.delete(actors.bearer(request.chimeBearer()), request.channelArn(), request.messageId());
    }

    public ChannelFlowCallbackResponse callback(ChannelFlowCallbackRequest request) {
        ChannelMessageCallback message = request.channelMessage();
        Map<String, MessageAttributeValue> attributes = message.messageAttributes();
        var replacement = new Replacement(message.content(), message.metadata(), message.contentType(),
                attributes == null ? null : attributes(attributes), push(message.pushNotification()));
        flows.answer(request.channelArn(), request.callbackId(), message.messageId(),
                Boolean.TRUE.equals(request.deleteResource()), replacement);
        return new ChannelFlowCallbackResponse(request.channelArn(), request.callbackId());
    }

    private static NewMessage draft(Bearer bearer, SendChannelMessageRequest request) {
        return new NewMessage(type(request.type()),
                request.persistence() == ChannelMessagePersistenceType.PERSISTENT, request.content(),
                request.metadata(), request.contentType(), attributes(request.messageAttributes()),
                target(bearer, request.target()), push(request.pushNotification()));
    }

    private static Message.Type type(ChannelMessageType type) {
        return switch (type) {
            case STANDARD -> Message.Type.STANDARD;
            case CONTROL -> Message.Type.CONTROL;
        };
    }

    private static Map<String, List<String>> attributes(@Nullable Map<String, MessageAttributeValue> attributes) {
        var texts = new LinkedHashMap<String, List<String>>();
        if (attributes != null) {
            attributes.forEach((name, value) -> {
                List<String> values = value.stringValues();
                texts.put(name, values == null ? List.of() : values);
            });
        }
        return texts;
    }

    private static @Nullable UserArn target(Bearer bearer, @Nullable List<Target> targets) {
        if (targets == null) {
            return null;
        }
        String arn = targets.getFirst().memberArn();
        return UserArn.parse(arn == null ? "" : arn)
                .filter(target -> target.appInstance().equals(bearer.arn().appInstance()))
                .orElseThrow(() -> new Refused(Refusal.INVALID_USER_IN_INPUT));
    }

    private static @Nullable PushNotification push(@Nullable PushNotificationConfiguration push) {
        if (push == null) {
            return null;
        }
        PushNotificationType type = push.type();
        return new PushNotification(push.title(), push.body(),
                type == null ? PushNotification.Type.DEFAULT : switch (type) {
                    case DEFAULT -> PushNotification.Type.DEFAULT;
                    case VOIP -> PushNotification.Type.VOIP;
                });
    }

    private static MessageLog.Range range(ListChannelMessagesRequest request) {
        Instant notBefore = request.notBefore();
        Instant notAfter = request.notAfter();
        if (notBefore != null && notAfter != null && notBefore.isAfter(notAfter)) {
            throw new Refused(Refusal.INVALID_INPUT, "NotBefore: must not be after NotAfter");
        }
        Position first = notBefore == null ? MessageLog.Range.START : Position.firstNotBefore(notBefore);
        Position last = notAfter == null ? MessageLog.Range.END : Position.lastNotAfter(notAfter);
        return new MessageLog.Range(first, last, request.sortOrder() != SortOrder.ASCENDING);
    }
}
