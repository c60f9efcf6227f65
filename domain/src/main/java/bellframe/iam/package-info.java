/// The part of IAM that Chime applications use: users with access keys, roles, identity providers and their inline policies.
///
/// Start with [bellframe.iam.Entities], which keeps all of them. Everything runs on the virtual thread of a request; all rows
/// of an account lie in one partition, so that each change is one conditional batch.
@NullMarked
package bellframe.iam;

import org.jspecify.annotations.NullMarked;
