package bellframe.channels;

import bellframe.names.ChannelArn;

/// A channel that a user belongs to or moderates, by its ARN and incarnation.
public record MemberChannel(ChannelArn arn, String incarnation) {
}
