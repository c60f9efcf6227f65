/// What all clients of the AWS SDK have in common here: the transport, the credentials, and what failures mean.
///
/// Start with [AwsAccess]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.aws;

import org.jspecify.annotations.NullMarked;
