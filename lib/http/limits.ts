/**
 * What one request, one client and all together may cost. Every limit is here,
 * with its reason; those of one file's own workings (a block, a queue) are
 * there.
 *
 * What the runtime itself refuses is not repeated: a head of more than 64 KiB
 * or 128 fields, and over HTTP/2 more than 200 streams a connection. A body of
 * a request is never read, however long.
 *
 * @module
 */

/**
 * Bytes of a request target; a longer one is answered with 414. RFC 9110
 * section 4.1 asks for at least 8,000. The longest path that Linux opens (4,096
 * bytes) fits with every second byte escaped.
 */
export const TARGET_BYTES_MAX = 8_192;

/**
 * How many ranges one request may ask for; more get the whole file. Viewers of
 * PDF files ask for a few dozen at once; beyond that the part headers begin to
 * cost more than what is saved (RFC 9110 section 14.2 allows to ignore such a
 * field).
 */
export const RANGES_MAX = 64;

/**
 * How many folders are read at once. One of 100,000 entries takes some 30 MB
 * while it is read.
 */
export const FOLDER_READINGS_MAX = 4;

/**
 * How many requests may be under way in all. So many downloads that their
 * clients do not read take 430 to 660 MB here and two descriptors each
 * (measured); without a limit it would be all that there is. What the kernel holds for
 * them, up to 4 MB each, has its own limit (`tcp_mem`).
 */
export const REQUESTS_IN_FLIGHT_MAX = 2_048;

/**
 * How many of them may come from one address: a quarter, so that no single
 * client shuts out the others. Tools that measure servers open a few hundred
 * connections from one address, and an office behind one router is fewer.
 */
export const REQUESTS_PER_ADDRESS_MAX: number = REQUESTS_IN_FLIGHT_MAX / 4;

/**
 * How long all places may be taken, with most of their clients reading nothing,
 * until the downloads are cut. The slowest honest reader asks for more within
 * it: a pull moves up to 1 MB of what the kernel holds, 35 KB a second.
 */
export const FULL_MS = 30_000;

/**
 * How long descriptors may be used up by downloads that nobody reads until
 * those are cut; shorter than {@linkcode FULL_MS}, since nobody at all may be
 * answered meanwhile.
 */
export const EXHAUSTED_MS = 10_000;

/**
 * How lately a client must have taken something to count as one that reads,
 * while descriptors are used up. Much less than {@linkcode EXHAUSTED_MS}: all
 * clients take something at first. 175 KB a second suffice, since a pull moves
 * up to 1 MB of what the kernel holds.
 */
export const MOVING_MS = 5_000;

/**
 * How often listening must have failed until downloads are cut. Once or twice
 * is a moment in which many came.
 */
export const LISTEN_FAILURES = 3;

/**
 * How many requests may be under way on servers that were shut down, which
 * nothing can end any more, when it is not known whether their clients read:
 * 16 downloads hold some 40 descriptors.
 */
export const DRAINING_MAX = 16;

/**
 * The same when most clients were seen to read: 64 hold less than 200
 * descriptors, too few to use up what systems give (1,024 and more).
 */
export const DRAINING_MOVING_MAX = 64;

/** `Retry-After` of a refusal that may be over in a moment, in seconds. */
export const RETRY_AFTER_SECONDS = 1;

/**
 * Bytes of answers with files that are kept in memory, with what it takes to
 * keep them. 10,000 files of 4 KB fit, for which the process takes some 140 MB
 * more (measured). With a smaller limit it takes no less: what is read anew
 * each time is garbage before it is collected.
 */
export const REMEMBERED_BYTES_MAX = 67_108_864;

/**
 * The same for folder pages and for what is not there: apart from the files,
 * so that whoever asks for 100,000 names that do not exist makes no file slow.
 */
export const REMEMBERED_OTHERS_BYTES_MAX = 8_388_608;

/**
 * How many archives of folders may be under way. Each keeps one processor busy
 * at the speed of its client, holds one file open, and half a megabyte of
 * what it sends next.
 */
export const ARCHIVES_MAX = 16;

/**
 * How many of them may come from one address: half. Tools that download in
 * parts ask for four or five at once, and before a part that has ended is seen
 * to have ended.
 */
export const ARCHIVES_PER_ADDRESS_MAX: number = ARCHIVES_MAX / 2;

/**
 * How many entries the archives under way may have together. One takes some 100
 * bytes until its archive has ended.
 */
export const ARCHIVE_ENTRIES_MAX = 1_000_000;

/**
 * How many folders within each other an archive may have. The system looks at
 * the whole way to each of them, several times: 800 took half a minute, so many
 * a second (measured). Those of packages within packages are 40 deep.
 */
export const ARCHIVE_DEPTH_MAX = 256;

/**
 * How many folders are walked for archives at once: the walks of others wait
 * while two keep half of the runtime's threads for the disk busy each.
 */
export const ARCHIVE_WALKS_MAX = 2;

/**
 * How long a folder is walked for an archive, with the time that it waits.
 * Browsers and proxies give up after one to five minutes without an answer.
 */
export const ARCHIVE_WALK_MS = 60_000;

/**
 * Of how many files the CRC can be remembered, for the next part of an archive:
 * twice as many as are in a large tree. They take 12 bytes each.
 */
export const REMEMBERED_CHECKSUMS_MAX = 131_072;
