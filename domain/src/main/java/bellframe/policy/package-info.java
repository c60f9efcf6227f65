/// IAM policy documents, and what they say about a request.
///
/// Start with [PolicyDocument]: a document is compiled when it is parsed, and whatever in it would not be heeded is
/// refused then. [Policies] has what several documents say together. The rules are those of the IAM User Guide, chapter
/// "IAM JSON policy reference". Nothing here has a thread or keeps anything: what is parsed never changes, and is asked
/// on the thread of each request.
@NullMarked
package bellframe.policy;

import org.jspecify.annotations.NullMarked;
