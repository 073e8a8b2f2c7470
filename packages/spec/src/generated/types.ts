// Made from schema/*.yaml by build/generate.mjs.
import type { PartialDeep } from '../partial-deep.js';


/**
 * Level of risk.
 */
export type Level = ("low" | "medium" | "high")
/**
 * How a breaking change is carried out.
 */
export type Strategy = ("Expand-contract" | "Dual-write" | "Maintenance window" | "Table rebuild")
/**
 * Stage of the change across releases.
 */
export type Phase = ("expand" | "migrate" | "contract" | "cleanup")
/**
 * Stable id, unique among its kind.
 */
export type Id = string
/**
 * What people answer: a part of a context, laid over what was derived. Nothing is required; an item of a list names its id.
 */
export type Answers = PartialDeep<Context>
/**
 * Whether the framework runs it in one transaction (`transactional`) or each statement by itself (`none`).
 */
export type TransactionMode = ("transactional" | "none")
/**
 * One typed change to schema or data.
 */
export type Operation = (CreateTableOperation | DropTableOperation | RenameTableOperation | SetTableSchemaOperation | SetTableOptionOperation | AddColumnOperation | DropColumnOperation | RenameColumnOperation | AlterColumnTypeOperation | SetNotNullOperation | DropNotNullOperation | SetDefaultOperation | DropDefaultOperation | SetIdentityOperation | DropIdentityOperation | SetGeneratedOperation | DropGeneratedOperation | SetColumnOptionOperation | AddConstraintOperation | DropConstraintOperation | RenameConstraintOperation | AlterConstraintOperation | ValidateConstraintOperation | CreateIndexOperation | DropIndexOperation | RenameIndexOperation | ReindexOperation | AttachPartitionOperation | DetachPartitionOperation | SetInheritanceOperation | CreateEnumOperation | AddEnumValueOperation | RenameEnumValueOperation | CreateDomainOperation | AlterDomainOperation | CreateCompositeTypeOperation | AlterCompositeTypeOperation | DropTypeOperation | RenameTypeOperation | CreateSequenceOperation | AlterSequenceOperation | DropSequenceOperation | RenameSequenceOperation | CreateViewOperation | DropViewOperation | RenameViewOperation | RefreshViewOperation | CreateRoutineOperation | DropRoutineOperation | CreateTriggerOperation | DropTriggerOperation | RenameTriggerOperation | SetTriggerStateOperation | CreatePolicyOperation | AlterPolicyOperation | DropPolicyOperation | SetRowSecurityOperation | CreateSchemaOperation | DropSchemaOperation | RenameSchemaOperation | CreateExtensionOperation | DropExtensionOperation | SetCommentOperation | ChangePrivilegesOperation | CreateObjectOperation | AlterObjectOperation | DropObjectOperation | InsertRowsOperation | UpdateRowsOperation | DeleteRowsOperation | TruncateTableOperation | BackfillOperation | MergeRowsOperation | RunQueryOperation | SetSettingOperation | ControlTransactionOperation | LockTableOperation | MaintainOperation | UnknownOperation)
/**
 * A table constraint.
 */
export type Constraint = (PrimaryKey | Unique | ForeignKey | Check | Exclusion)
/**
 * Kind of an object that has no operation of its own.
 */
export type ObjectKind = ("aggregate" | "access method" | "cast" | "collation" | "conversion" | "database" | "event trigger" | "foreign data wrapper" | "foreign table" | "language" | "operator" | "operator class" | "operator family" | "publication" | "role" | "rule" | "server" | "statistics" | "subscription" | "tablespace" | "text search" | "transform" | "type" | "user mapping")
/**
 * Lock mode in the words of the database.
 */
export type LockMode = ("ACCESS SHARE" | "ROW SHARE" | "ROW EXCLUSIVE" | "SHARE UPDATE EXCLUSIVE" | "SHARE" | "SHARE ROW EXCLUSIVE" | "EXCLUSIVE" | "ACCESS EXCLUSIVE")
/**
 * What a statement about the database rests on: seen in a rehearsal, concluded from statement and schema, or not tried.
 */
export type Basis = ("observed" | "predicted" | "assumed")

export interface AllDefinitions {
BreakingChange?: BreakingChange
Strategy?: Strategy
Pattern?: Pattern
StrategyPhase?: StrategyPhase
PhaseItem?: PhaseItem
FeatureFlag?: FeatureFlag
Config?: Config
AcceptedHazard?: AcceptedHazard
Context?: Context
DataMigration?: DataMigration
SeedScript?: SeedScript
Security?: Security
Role?: Role
PolicyRule?: PolicyRule
PerformanceTarget?: PerformanceTarget
Evidence?: Evidence
Engine?: Engine
MigrationEvidence?: MigrationEvidence
StatementEvidence?: StatementEvidence
Comparison?: Comparison
Operation?: Operation
CreateTableOperation?: CreateTableOperation
DropTableOperation?: DropTableOperation
RenameTableOperation?: RenameTableOperation
SetTableSchemaOperation?: SetTableSchemaOperation
SetTableOptionOperation?: SetTableOptionOperation
AddColumnOperation?: AddColumnOperation
DropColumnOperation?: DropColumnOperation
RenameColumnOperation?: RenameColumnOperation
AlterColumnTypeOperation?: AlterColumnTypeOperation
SetNotNullOperation?: SetNotNullOperation
DropNotNullOperation?: DropNotNullOperation
SetDefaultOperation?: SetDefaultOperation
DropDefaultOperation?: DropDefaultOperation
SetIdentityOperation?: SetIdentityOperation
DropIdentityOperation?: DropIdentityOperation
SetGeneratedOperation?: SetGeneratedOperation
DropGeneratedOperation?: DropGeneratedOperation
SetColumnOptionOperation?: SetColumnOptionOperation
AddConstraintOperation?: AddConstraintOperation
DropConstraintOperation?: DropConstraintOperation
RenameConstraintOperation?: RenameConstraintOperation
AlterConstraintOperation?: AlterConstraintOperation
ValidateConstraintOperation?: ValidateConstraintOperation
CreateIndexOperation?: CreateIndexOperation
DropIndexOperation?: DropIndexOperation
RenameIndexOperation?: RenameIndexOperation
ReindexOperation?: ReindexOperation
AttachPartitionOperation?: AttachPartitionOperation
DetachPartitionOperation?: DetachPartitionOperation
SetInheritanceOperation?: SetInheritanceOperation
CreateEnumOperation?: CreateEnumOperation
AddEnumValueOperation?: AddEnumValueOperation
RenameEnumValueOperation?: RenameEnumValueOperation
CreateDomainOperation?: CreateDomainOperation
AlterDomainOperation?: AlterDomainOperation
CreateCompositeTypeOperation?: CreateCompositeTypeOperation
AlterCompositeTypeOperation?: AlterCompositeTypeOperation
DropTypeOperation?: DropTypeOperation
RenameTypeOperation?: RenameTypeOperation
CreateSequenceOperation?: CreateSequenceOperation
AlterSequenceOperation?: AlterSequenceOperation
DropSequenceOperation?: DropSequenceOperation
RenameSequenceOperation?: RenameSequenceOperation
CreateViewOperation?: CreateViewOperation
DropViewOperation?: DropViewOperation
RenameViewOperation?: RenameViewOperation
RefreshViewOperation?: RefreshViewOperation
CreateRoutineOperation?: CreateRoutineOperation
DropRoutineOperation?: DropRoutineOperation
CreateTriggerOperation?: CreateTriggerOperation
DropTriggerOperation?: DropTriggerOperation
RenameTriggerOperation?: RenameTriggerOperation
SetTriggerStateOperation?: SetTriggerStateOperation
CreatePolicyOperation?: CreatePolicyOperation
AlterPolicyOperation?: AlterPolicyOperation
DropPolicyOperation?: DropPolicyOperation
SetRowSecurityOperation?: SetRowSecurityOperation
CreateSchemaOperation?: CreateSchemaOperation
DropSchemaOperation?: DropSchemaOperation
RenameSchemaOperation?: RenameSchemaOperation
CreateExtensionOperation?: CreateExtensionOperation
DropExtensionOperation?: DropExtensionOperation
SetCommentOperation?: SetCommentOperation
ChangePrivilegesOperation?: ChangePrivilegesOperation
CreateObjectOperation?: CreateObjectOperation
AlterObjectOperation?: AlterObjectOperation
DropObjectOperation?: DropObjectOperation
InsertRowsOperation?: InsertRowsOperation
UpdateRowsOperation?: UpdateRowsOperation
DeleteRowsOperation?: DeleteRowsOperation
TruncateTableOperation?: TruncateTableOperation
BackfillOperation?: BackfillOperation
MergeRowsOperation?: MergeRowsOperation
RunQueryOperation?: RunQueryOperation
SetSettingOperation?: SetSettingOperation
ControlTransactionOperation?: ControlTransactionOperation
LockTableOperation?: LockTableOperation
MaintainOperation?: MaintainOperation
UnknownOperation?: UnknownOperation
Issue?: Issue
Companion?: Companion
CompanionMigration?: CompanionMigration
CompanionTask?: CompanionTask
CompanionStep?: CompanionStep
CompanionItem?: CompanionItem
Manifest?: Manifest
Dates?: Dates
SourceDocument?: SourceDocument
Project?: Project
ExistingSchema?: ExistingSchema
Conventions?: Conventions
Environment?: Environment
Target?: Target
Detection?: Detection
Provenance?: Provenance
Classification?: Classification
Level?: Level
Step?: Step
Verification?: Verification
Timeline?: Timeline
TimelinePhase?: TimelinePhase
Window?: Window
Run?: Run
Metric?: Metric
Threshold?: Threshold
RollbackTrigger?: RollbackTrigger
RollbackProcedure?: RollbackProcedure
RollbackPoint?: RollbackPoint
Rollback?: Rollback
Risk?: Risk
Prerequisite?: Prerequisite
Backup?: Backup
Approval?: Approval
Testing?: Testing
Documentation?: Documentation
Session?: Session
LogEntry?: LogEntry
InputArtifact?: InputArtifact
Stage?: Stage
Assumption?: Assumption
Question?: Question
Scenario?: Scenario
Producer?: Producer
Sequence?: Sequence
PlannedMigration?: PlannedMigration
PlannedStatement?: PlannedStatement
Phase?: Phase
Gate?: Gate
Release?: Release
Reversibility?: Reversibility
MigrationStatus?: MigrationStatus
Leftover?: Leftover
ValidationQuery?: ValidationQuery
Snapshot?: Snapshot
Table?: Table
PartitionOf?: PartitionOf
Column?: Column
Generated?: Generated
Constraint?: Constraint
PrimaryKey?: PrimaryKey
Unique?: Unique
ForeignKey?: ForeignKey
References?: References
Check?: Check
Exclusion?: Exclusion
Index?: Index
IndexKey?: IndexKey
Trigger?: Trigger
Policy?: Policy
View?: View
DatabaseSequence?: DatabaseSequence
EnumType?: EnumType
Domain?: Domain
CompositeType?: CompositeType
Routine?: Routine
OtherObject?: OtherObject
ObjectKind?: ObjectKind
Change?: Change
WrittenMigration?: WrittenMigration
WrittenDown?: WrittenDown
TransactionMode?: TransactionMode
Statement?: Statement
Verdicts?: Verdicts
LockVerdict?: LockVerdict
Lock?: Lock
LockMode?: LockMode
DataVerdict?: DataVerdict
CodeVerdict?: CodeVerdict
Basis?: Basis
Finding?: Finding
Acceptance?: Acceptance
Duration?: Duration
Effort?: Effort
Id?: Id
Tables?: Tables
CreatedTable?: CreatedTable
Relationship?: Relationship
ModifiedTable?: ModifiedTable
ColumnChange?: ColumnChange
ConstraintChange?: ConstraintChange
IndexChange?: IndexChange
DroppedTable?: DroppedTable
HelperTable?: HelperTable
TableFacts?: TableFacts
Task?: Task
Subtask?: Subtask
Delegation?: Delegation
Command?: Command
Framework?: Framework
CodeChange?: CodeChange
Reference?: Reference
Answers?: Answers
}
/**
 * An operation that a running release does not survive.
 */
export interface BreakingChange {
/**
 * What changes, one phrase.
 */
change: string
/**
 * Table concerned.
 */
table?: string
/**
 * What happens to code and data, one or two sentences.
 */
impact: string
risk?: Level
strategy?: Strategy
/**
 * Id of the pre-flight query when it depends on the data.
 */
query?: string
/**
 * Id of the statement.
 */
statement?: string
}
/**
 * The pattern of a breaking change and its phases.
 */
export interface Pattern {
/**
 * Pattern.
 */
name?: ("Expand-Contract" | "Maintenance window")
/**
 * Why it fits.
 */
reason?: string
/**
 * Operations of a mixed change that could ship alone.
 */
additiveFirst?: string[]
/**
 * Phases in order.
 */
phases: StrategyPhase[]
}
/**
 * One phase of the pattern.
 */
export interface StrategyPhase {
phase: Phase
/**
 * What is done.
 */
items: PhaseItem[]
/**
 * Days to wait before it; default 7 for cleanup.
 */
waitDays?: number
}
/**
 * One thing done in a phase.
 */
export interface PhaseItem {
/**
 * What kind of thing.
 */
kind: ("migration" | "deploy" | "backfill" | "verify" | "remove code" | "note")
/**
 * What is done, one sentence.
 */
text?: string
/**
 * SQL that does or verifies it.
 */
sql?: string
/**
 * Expected result of a verification.
 */
expected?: string
/**
 * Migrations that do it.
 */
migrations?: Id[]
/**
 * Gate that it is.
 */
gate?: string
/**
 * Code writes the old and the new column.
 */
dualWrite?: boolean
}
/**
 * A feature flag of the change.
 */
export interface FeatureFlag {
/**
 * Name.
 */
name: string
/**
 * What it switches.
 */
purpose?: string
}
/**
 * A project's `planwright.config.yaml` or `.json`: where things are, and the answers that hold for each of its plans.
 */
export interface Config {
/**
 * Address of this schema.
 */
$schema?: string
/**
 * Folder of the migrations, relative to this file; found when absent.
 */
migrations?: string
/**
 * Folder that documents are written to, relative to this file; default `planwright-out`.
 */
out?: string
/**
 * Templates to render, by name; absent means those of the command.
 */
templates?: string[]
target?: Target
/**
 * Hazards that the project accepts.
 */
accept?: AcceptedHazard[]
answers?: Answers
}
/**
 * Who owns the migration files, and which SQL is spoken.
 */
export interface Target {
/**
 * SQL dialect.
 */
database: ("postgresql" | "mysql" | "sqlite")
/**
 * Version of the database that runs in production.
 */
version?: string
/**
 * Where the version comes from.
 */
versionBasis?: ("given" | "detected" | "default")
/**
 * Framework id: `prisma`, `alembic`, `django`, `drizzle`, `flyway`, `sql`, …
 */
framework?: string
/**
 * Version of the framework.
 */
frameworkVersion?: string
detection?: Detection
}
/**
 * How framework and database are known. Names of files and variables, never values.
 */
export interface Detection {
framework?: Provenance
database?: Provenance
}
/**
 * Where a fact comes from.
 */
export interface Provenance {
/**
 * Found in a file, or given by a person.
 */
how: ("detected" | "given")
/**
 * File or environment variable.
 */
from?: string
}
/**
 * A hazard that a project accepts, everywhere or in some migrations or tables.
 */
export interface AcceptedHazard {
/**
 * Rule id.
 */
rule: string
/**
 * Why it is accepted.
 */
reason: string
/**
 * Who accepted it.
 */
by?: string
/**
 * Ids of the migrations; absent means all.
 */
migrations?: string[]
/**
 * Tables; absent means all.
 */
tables?: string[]
}
/**
 * A migration plan as data. An absent value is unanswered; templates print it as an open question where they need it.
 */
export interface Context {
/**
 * Address of this schema.
 */
$schema?: string
/**
 * Title of the plan.
 */
title?: string
/**
 * Short name for files and branches.
 */
slug?: string
/**
 * What the change is for, in paragraphs.
 */
summary?: string
/**
 * Branch.
 */
branch?: string
dates?: Dates
source?: SourceDocument
project?: Project
/**
 * Environments that migrations are applied to.
 */
environments?: Environment[]
target: Target
framework?: Framework
change: Change
sequence?: Sequence
classification?: Classification
tables?: Tables
/**
 * Breaking changes.
 */
breaking?: BreakingChange[]
pattern?: Pattern
/**
 * Application versions that run before and after.
 */
releases?: Release[]
/**
 * Feature flags.
 */
flags?: FeatureFlag[]
/**
 * Queries about the whole change; those of a single migration stand with it.
 */
validation?: ValidationQuery[]
/**
 * Batched transformations of existing rows.
 */
dataMigrations?: DataMigration[]
/**
 * Seed scripts.
 */
seeds?: SeedScript[]
security?: Security
/**
 * Queries and their limits.
 */
performance?: PerformanceTarget[]
/**
 * Tasks; computed unless given.
 */
tasks?: Task[]
/**
 * Subtasks; computed unless given.
 */
subtasks?: Subtask[]
/**
 * Commands of the framework.
 */
commands?: Command[]
/**
 * Acts of the run in order.
 */
steps?: Step[]
rollback?: Rollback
/**
 * Metrics that are watched.
 */
monitoring?: Metric[]
/**
 * Risks.
 */
risks?: Risk[]
testing?: Testing
/**
 * What must be true before the run.
 */
prerequisites?: Prerequisite[]
/**
 * Approvals that the process wants.
 */
approvals?: Approval[]
timeline?: Timeline
/**
 * Changes of application code.
 */
codeChanges?: CodeChange[]
documentation?: Documentation
delegation?: Delegation
/**
 * References.
 */
references?: Reference[]
/**
 * Further notes, one paragraph each.
 */
notes?: string[]
/**
 * What is believed true.
 */
assumptions?: Assumption[]
/**
 * Open questions of the plan; those of missing values are added when a template is rendered.
 */
questions?: Question[]
/**
 * Untrusted texts given to the reader.
 */
artifacts?: InputArtifact[]
stage?: Stage
evidence?: Evidence
/**
 * Sittings of work, oldest first.
 */
sessions?: Session[]
/**
 * Entries that the plan adds to the communication log, oldest first.
 */
log?: LogEntry[]
scenario?: Scenario
producer?: Producer
/**
 * Where values come from, by JSON pointer; written by `plan` only.
 */
origins?: {
[k: string]: "given" | "derived" | "observed"
}
/**
 * Options of templates, by template name.
 */
options?: {
[k: string]: {
[k: string]: unknown
}
}
}
/**
 * Dates of the plan.
 */
export interface Dates {
/**
 * When it was rendered, ISO 8601 with zone; from the clock.
 */
generated?: string
/**
 * Date of the plan, ISO.
 */
plan?: string
}
/**
 * A document that the plan follows from or hands on.
 */
export interface SourceDocument {
/**
 * Path or path glob.
 */
path: string
/**
 * What it holds, a few words.
 */
role?: string
}
/**
 * The project whose database changes.
 */
export interface Project {
/**
 * Name.
 */
name?: string
/**
 * Directory in which its commands run, relative to the repository.
 */
workingDirectory?: string
/**
 * Prefix of its commands.
 */
runner?: string
/**
 * Path of its migration tests.
 */
testPath?: string
/**
 * Command that runs its migration tests, without working directory and runner.
 */
testCommand?: string
/**
 * Environment variable that holds the connection string; never its value.
 */
databaseUrlVariable?: string
/**
 * The project uses row level security.
 */
rowSecurity?: boolean
/**
 * The database has replicas.
 */
hasReplicas?: boolean
existingSchema?: ExistingSchema
conventions?: Conventions
/**
 * Rows from which a table counts as large; default 100,000.
 */
largeTableRows?: number
}
/**
 * What is there before the change.
 */
export interface ExistingSchema {
/**
 * Number of tables.
 */
tables: number
/**
 * Document that describes them.
 */
document?: string
/**
 * Names of the tables, when they are few.
 */
names?: string[]
}
/**
 * Conventions of the project.
 */
export interface Conventions {
/**
 * Pattern of index names with `{table}` and `{column}`; default `ix_{table}_{column}`.
 */
indexName?: string
keyColumn?: Column
/**
 * Audit columns of a new table.
 */
auditColumns?: Column[]
/**
 * Default rows of a batch.
 */
batchSize?: number
/**
 * Default pause between batches, in seconds.
 */
pause?: number
}
/**
 * A column.
 */
export interface Column {
/**
 * Plain column name.
 */
name: string
/**
 * Type in the words of the database, with its modifiers; for PostgreSQL the short spelling (`varchar(40)`, `timestamptz`, `bigint`, `text[]`).
 */
type: string
/**
 * The column refuses NULL. Absent means it takes NULL. Columns of a primary key are NOT NULL.
 */
notNull?: boolean
/**
 * Default as an SQL expression.
 */
default?: string
generated?: Generated
/**
 * GENERATED … AS IDENTITY.
 */
identity?: ("always" | "by default")
/**
 * Collation, when it is not the default of the type.
 */
collation?: string
/**
 * What the column is for, a few words.
 */
purpose?: string
/**
 * The column holds personal data.
 */
personalData?: boolean
/**
 * Comment stored in the database.
 */
comment?: string
}
/**
 * Expression of a generated column.
 */
export interface Generated {
/**
 * SQL expression.
 */
expression: string
/**
 * STORED (true, the default) or VIRTUAL (false).
 */
stored?: boolean
}
/**
 * An environment that migrations are applied to.
 */
export interface Environment {
/**
 * Name.
 */
name: string
/**
 * It serves users.
 */
production?: boolean
}
/**
 * What readers must know of the framework.
 */
export interface Framework {
/**
 * Id.
 */
id: string
/**
 * Name.
 */
name: string
/**
 * Name with its language, as a heading.
 */
heading?: string
/**
 * Command whose output is read after a failure.
 */
tool?: string
/**
 * Its migrations have a way back of their own.
 */
hasDown?: boolean
/**
 * A failed migration is recorded and must be resolved.
 */
recordsFailure?: boolean
/**
 * Functions that a migration file defines.
 */
fileFunctions?: string[]
/**
 * Pattern of file names.
 */
naming?: string
/**
 * Glob of existing migrations.
 */
migrationsGlob?: string
/**
 * Its generator turns a rename into drop and add.
 */
autogeneratesRename?: boolean
/**
 * How it runs a file, one or two sentences.
 */
transaction?: string
/**
 * How one goes back, one or two sentences.
 */
goingBack?: string
documentation?: Reference
/**
 * Language of its migration files, for fences.
 */
codeFence?: string
}
/**
 * A reference.
 */
export interface Reference {
/**
 * Title.
 */
title: string
/**
 * Address.
 */
url?: string
/**
 * File of the project.
 */
file?: string
/**
 * What it holds.
 */
role?: string
/**
 * Topic.
 */
topic?: ("framework" | "database" | "policies" | "other")
}
/**
 * What somebody asks for, as written.
 */
export interface Change {
/**
 * Migrations in the order in which the framework applies them.
 */
migrations: WrittenMigration[]
before?: Snapshot
after?: Snapshot
/**
 * Number of migrations before the change, from which `before` follows.
 */
earlier?: number
}
/**
 * One unit that the framework applies, as its author wrote it.
 */
export interface WrittenMigration {
/**
 * The framework's own id.
 */
id: string
/**
 * Path of its up file.
 */
file?: string
transaction?: TransactionMode
down?: WrittenDown
/**
 * Its statements in order.
 */
statements: Statement[]
/**
 * The sequence differs from it: it must not be merged as it is.
 */
replacedBy?: boolean
}
/**
 * The down file that its author wrote.
 */
export interface WrittenDown {
/**
 * Path.
 */
file?: string
/**
 * Its statements in order.
 */
statements: Statement[]
}
/**
 * One SQL statement with its place; it does one or more operations.
 */
export interface Statement {
id?: Id
/**
 * Path of its file.
 */
file?: string
/**
 * Line of its first token.
 */
line?: number
/**
 * Column of its first token, in UTF-16 units.
 */
column?: number
/**
 * Text without the final semicolon; made from the operations when absent.
 */
sql?: string
/**
 * What it does.
 */
operations: Operation[]
verdicts?: Verdicts
/**
 * Hazards that rules found.
 */
findings?: Finding[]
/**
 * Hazards that somebody has accepted.
 */
accepted?: Acceptance[]
}
/**
 * Creates a table.
 */
export interface CreateTableOperation {
/**
 * Kind of the operation.
 */
type: "createTable"
table: Table
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
/**
 * Query of CREATE TABLE … AS.
 */
asQuery?: string
}
/**
 * A table. In a plan it may also say what it is for.
 */
export interface Table {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Plain table name.
 */
name: string
/**
 * What the table is for, one sentence.
 */
purpose?: string
/**
 * Columns in their order.
 */
columns: Column[]
/**
 * Primary key, unique, foreign key, check and exclusion constraints. NOT NULL belongs to the column.
 */
constraints?: Constraint[]
/**
 * Indexes that are not made by a constraint.
 */
indexes?: Index[]
/**
 * Triggers made by users.
 */
triggers?: Trigger[]
/**
 * Row security policies.
 */
policies?: Policy[]
/**
 * Default `permanent`.
 */
persistence?: ("permanent" | "unlogged" | "temporary")
/**
 * Partitioning strategy and key as written after PARTITION BY.
 */
partitionBy?: string
partitionOf?: PartitionOf
/**
 * Parent tables by inheritance, partitioning excepted.
 */
inherits?: string[]
/**
 * Row level security; absent means disabled.
 */
rowSecurity?: ("enabled" | "forced")
/**
 * Storage parameters and further table options.
 */
options?: {
[k: string]: string
}
/**
 * Comment stored in the database.
 */
comment?: string
}
/**
 * Primary key.
 */
export interface PrimaryKey {
/**
 * Kind of the constraint.
 */
type: "primaryKey"
/**
 * Name; absent when the database is to choose it.
 */
name?: string
/**
 * Key columns in order.
 */
columns: string[]
/**
 * Columns carried by the index but not part of the key.
 */
include?: string[]
/**
 * Existing index that becomes the constraint's index (only in an operation).
 */
usingIndex?: string
/**
 * DEFERRABLE INITIALLY …; absent means not deferrable.
 */
deferrable?: ("immediate" | "deferred")
}
/**
 * Unique constraint.
 */
export interface Unique {
/**
 * Kind of the constraint.
 */
type: "unique"
/**
 * Name; absent when the database is to choose it.
 */
name?: string
/**
 * Key columns in order.
 */
columns: string[]
/**
 * Columns carried by the index but not part of the key.
 */
include?: string[]
/**
 * Existing index that becomes the constraint's index (only in an operation).
 */
usingIndex?: string
/**
 * DEFERRABLE INITIALLY …; absent means not deferrable.
 */
deferrable?: ("immediate" | "deferred")
/**
 * NULLS NOT DISTINCT: NULLs count as equal.
 */
nullsNotDistinct?: boolean
}
/**
 * Foreign key.
 */
export interface ForeignKey {
/**
 * Kind of the constraint.
 */
type: "foreignKey"
/**
 * Name; absent when the database is to choose it.
 */
name?: string
/**
 * Referencing columns in order.
 */
columns: string[]
references: References
/**
 * Referential action; default `no action`.
 */
onDelete?: ("no action" | "restrict" | "cascade" | "set null" | "set default")
/**
 * Referential action; default `no action`.
 */
onUpdate?: ("no action" | "restrict" | "cascade" | "set null" | "set default")
/**
 * MATCH FULL; absent means MATCH SIMPLE.
 */
match?: "full"
/**
 * DEFERRABLE INITIALLY …; absent means not deferrable.
 */
deferrable?: ("immediate" | "deferred")
/**
 * NOT VALID: rows that were there before are not checked yet.
 */
notValid?: boolean
}
/**
 * Referenced table and columns.
 */
export interface References {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Referenced table.
 */
table: string
/**
 * Referenced columns; absent means the primary key.
 */
columns?: string[]
}
/**
 * Check constraint.
 */
export interface Check {
/**
 * Kind of the constraint.
 */
type: "check"
/**
 * Name; absent when the database is to choose it.
 */
name?: string
/**
 * Condition, without the outer parentheses.
 */
expression: string
/**
 * Columns that the condition reads, where known.
 */
columns?: string[]
/**
 * NO INHERIT.
 */
noInherit?: boolean
/**
 * NOT VALID: rows that were there before are not checked yet.
 */
notValid?: boolean
}
/**
 * Exclusion constraint.
 */
export interface Exclusion {
/**
 * Kind of the constraint.
 */
type: "exclusion"
/**
 * Name; absent when the database is to choose it.
 */
name?: string
/**
 * Definition from EXCLUDE on.
 */
definition: string
/**
 * Columns that it reads, where known.
 */
columns?: string[]
/**
 * DEFERRABLE INITIALLY …; absent means not deferrable.
 */
deferrable?: ("immediate" | "deferred")
}
/**
 * An index.
 */
export interface Index {
/**
 * Name; absent when the database is to choose it.
 */
name?: string
/**
 * Key columns and expressions in order.
 */
keys: IndexKey[]
/**
 * Unique index.
 */
unique?: boolean
/**
 * Access method; default `btree`.
 */
method?: string
/**
 * Condition of a partial index.
 */
where?: string
/**
 * Columns carried but not part of the key.
 */
include?: string[]
/**
 * NULLS NOT DISTINCT.
 */
nullsNotDistinct?: boolean
/**
 * Storage parameters.
 */
options?: {
[k: string]: string
}
/**
 * What the index serves, a few words.
 */
rationale?: string
/**
 * No operation makes it: it is proposed only.
 */
proposed?: boolean
/**
 * Comment stored in the database.
 */
comment?: string
}
/**
 * A key of an index: a column or an expression.
 */
export interface IndexKey {
/**
 * Column name.
 */
column?: string
/**
 * SQL expression.
 */
expression?: string
/**
 * Descending; absent means ascending.
 */
order?: "desc"
/**
 * Placement of NULLs, when it is not the default of the order.
 */
nulls?: ("first" | "last")
/**
 * Operator class, when it is not the default.
 */
operatorClass?: string
/**
 * Collation, when it is not the column's.
 */
collation?: string
}
/**
 * A trigger.
 */
export interface Trigger {
/**
 * Name.
 */
name: string
/**
 * CREATE TRIGGER statement.
 */
definition: string
/**
 * Firing mode, when it is not the default.
 */
enabled?: ("disabled" | "replica" | "always")
/**
 * Function that it calls, schema-qualified where not default.
 */
function?: string
}
/**
 * A row security policy.
 */
export interface Policy {
/**
 * Name.
 */
name: string
/**
 * Command it applies to; default `all`.
 */
command?: ("all" | "select" | "insert" | "update" | "delete")
/**
 * Permissive (true, the default) or restrictive.
 */
permissive?: boolean
/**
 * Roles; absent means every role.
 */
roles?: string[]
/**
 * USING condition.
 */
using?: string
/**
 * WITH CHECK condition.
 */
withCheck?: string
}
/**
 * The partitioned parent of a partition and its bounds.
 */
export interface PartitionOf {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Partitioned table.
 */
table: string
/**
 * Bounds as written: FOR VALUES … or DEFAULT.
 */
bounds: string
}
/**
 * Drops a table.
 */
export interface DropTableOperation {
/**
 * Kind of the operation.
 */
type: "dropTable"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a table.
 */
export interface RenameTableOperation {
/**
 * Kind of the operation.
 */
type: "renameTable"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * New name.
 */
to: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
}
/**
 * Moves a table to another schema.
 */
export interface SetTableSchemaOperation {
/**
 * Kind of the operation.
 */
type: "setTableSchema"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * New name.
 */
to: string
}
/**
 * Changes a table option: persistence, storage parameter, replica identity, owner and the like.
 */
export interface SetTableOptionOperation {
/**
 * Kind of the operation.
 */
type: "setTableOption"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Option.
 */
option: string
/**
 * New value; absent resets it.
 */
value?: string
}
/**
 * Adds a column.
 */
export interface AddColumnOperation {
/**
 * Kind of the operation.
 */
type: "addColumn"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
column: Column
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
}
/**
 * Drops a column.
 */
export interface DropColumnOperation {
/**
 * Kind of the operation.
 */
type: "dropColumn"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a column.
 */
export interface RenameColumnOperation {
/**
 * Kind of the operation.
 */
type: "renameColumn"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * New name.
 */
to: string
}
/**
 * Changes the type of a column.
 */
export interface AlterColumnTypeOperation {
/**
 * Kind of the operation.
 */
type: "alterColumnType"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * Type before, where known.
 */
from?: string
/**
 * New type.
 */
to: string
/**
 * USING expression.
 */
using?: string
/**
 * New collation.
 */
collation?: string
}
/**
 * Makes a column refuse NULL.
 */
export interface SetNotNullOperation {
/**
 * Kind of the operation.
 */
type: "setNotNull"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
}
/**
 * Lets a column take NULL.
 */
export interface DropNotNullOperation {
/**
 * Kind of the operation.
 */
type: "dropNotNull"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
}
/**
 * Sets the default of a column.
 */
export interface SetDefaultOperation {
/**
 * Kind of the operation.
 */
type: "setDefault"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * SQL expression.
 */
default: string
}
/**
 * Drops the default of a column.
 */
export interface DropDefaultOperation {
/**
 * Kind of the operation.
 */
type: "dropDefault"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
}
/**
 * Makes a column an identity column or changes its kind.
 */
export interface SetIdentityOperation {
/**
 * Kind of the operation.
 */
type: "setIdentity"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * Kind of identity.
 */
identity: ("always" | "by default")
}
/**
 * Ends the identity of a column.
 */
export interface DropIdentityOperation {
/**
 * Kind of the operation.
 */
type: "dropIdentity"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
}
/**
 * Changes the expression of a generated column.
 */
export interface SetGeneratedOperation {
/**
 * Kind of the operation.
 */
type: "setGenerated"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * SQL expression.
 */
expression: string
}
/**
 * Turns a generated column into a plain one.
 */
export interface DropGeneratedOperation {
/**
 * Kind of the operation.
 */
type: "dropGenerated"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
}
/**
 * Changes storage, compression, statistics or another option of a column.
 */
export interface SetColumnOptionOperation {
/**
 * Kind of the operation.
 */
type: "setColumnOption"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
column: string
/**
 * Option.
 */
option: string
/**
 * New value.
 */
value?: string
}
/**
 * Adds a constraint.
 */
export interface AddConstraintOperation {
/**
 * Kind of the operation.
 */
type: "addConstraint"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
constraint: Constraint
}
/**
 * Drops a constraint.
 */
export interface DropConstraintOperation {
/**
 * Kind of the operation.
 */
type: "dropConstraint"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a constraint.
 */
export interface RenameConstraintOperation {
/**
 * Kind of the operation.
 */
type: "renameConstraint"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
}
/**
 * Changes the deferrability of a constraint.
 */
export interface AlterConstraintOperation {
/**
 * Kind of the operation.
 */
type: "alterConstraint"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New deferrability; absent means not deferrable.
 */
deferrable?: ("immediate" | "deferred")
}
/**
 * Checks the rows that a NOT VALID constraint left out.
 */
export interface ValidateConstraintOperation {
/**
 * Kind of the operation.
 */
type: "validateConstraint"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
}
/**
 * Builds an index.
 */
export interface CreateIndexOperation {
/**
 * Kind of the operation.
 */
type: "createIndex"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
index: Index
/**
 * CONCURRENTLY.
 */
concurrently?: boolean
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
/**
 * ON ONLY: the partitions get none.
 */
only?: boolean
}
/**
 * Drops an index.
 */
export interface DropIndexOperation {
/**
 * Kind of the operation.
 */
type: "dropIndex"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * Its table, where known.
 */
table?: string
/**
 * CONCURRENTLY.
 */
concurrently?: boolean
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames an index.
 */
export interface RenameIndexOperation {
/**
 * Kind of the operation.
 */
type: "renameIndex"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
}
/**
 * Builds indexes anew.
 */
export interface ReindexOperation {
/**
 * Kind of the operation.
 */
type: "reindex"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * What name means.
 */
kind: ("index" | "table" | "schema" | "database" | "system")
/**
 * Plain name of the object.
 */
name: string
/**
 * CONCURRENTLY.
 */
concurrently?: boolean
}
/**
 * Attaches a table as a partition.
 */
export interface AttachPartitionOperation {
/**
 * Kind of the operation.
 */
type: "attachPartition"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
partition: References
/**
 * Bounds as written; absent for an index.
 */
bounds?: string
}
/**
 * Detaches a partition.
 */
export interface DetachPartitionOperation {
/**
 * Kind of the operation.
 */
type: "detachPartition"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
partition: References
/**
 * CONCURRENTLY.
 */
concurrently?: boolean
}
/**
 * Adds or ends inheritance from a parent table.
 */
export interface SetInheritanceOperation {
/**
 * Kind of the operation.
 */
type: "setInheritance"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
parent: References
/**
 * INHERIT (true) or NO INHERIT.
 */
inherits: boolean
}
/**
 * Creates an enum type.
 */
export interface CreateEnumOperation {
/**
 * Kind of the operation.
 */
type: "createEnum"
enum: EnumType
}
/**
 * An enum type.
 */
export interface EnumType {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Name.
 */
name: string
/**
 * Labels in order.
 */
labels: string[]
}
/**
 * Adds a label to an enum type.
 */
export interface AddEnumValueOperation {
/**
 * Kind of the operation.
 */
type: "addEnumValue"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New label.
 */
label: string
/**
 * Label that it precedes.
 */
before?: string
/**
 * Label that it follows.
 */
after?: string
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
}
/**
 * Renames a label of an enum type.
 */
export interface RenameEnumValueOperation {
/**
 * Kind of the operation.
 */
type: "renameEnumValue"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * Label.
 */
label: string
/**
 * New name.
 */
to: string
}
/**
 * Creates a domain.
 */
export interface CreateDomainOperation {
/**
 * Kind of the operation.
 */
type: "createDomain"
domain: Domain
}
/**
 * A domain.
 */
export interface Domain {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Name.
 */
name: string
/**
 * Base type.
 */
type: string
/**
 * Refuses NULL.
 */
notNull?: boolean
/**
 * Default expression.
 */
default?: string
/**
 * Collation.
 */
collation?: string
/**
 * Check constraints.
 */
checks?: Check[]
}
/**
 * Changes a domain.
 */
export interface AlterDomainOperation {
/**
 * Kind of the operation.
 */
type: "alterDomain"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * What is changed.
 */
action: ("set default" | "drop default" | "set not null" | "drop not null" | "add constraint" | "drop constraint" | "validate constraint" | "rename constraint")
/**
 * New default.
 */
default?: string
check?: Check
/**
 * Constraint named.
 */
constraint?: string
/**
 * New name.
 */
to?: string
}
/**
 * Creates a composite type.
 */
export interface CreateCompositeTypeOperation {
/**
 * Kind of the operation.
 */
type: "createCompositeType"
compositeType: CompositeType
}
/**
 * A composite type.
 */
export interface CompositeType {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Name.
 */
name: string
/**
 * Attributes in order.
 */
attributes: Column[]
}
/**
 * Changes an attribute of a composite type.
 */
export interface AlterCompositeTypeOperation {
/**
 * Kind of the operation.
 */
type: "alterCompositeType"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * What is done.
 */
action: ("add" | "drop" | "alter" | "rename")
attribute: Column
/**
 * New name.
 */
to?: string
}
/**
 * Drops an enum, domain, composite or other type.
 */
export interface DropTypeOperation {
/**
 * Kind of the operation.
 */
type: "dropType"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames an enum, domain, composite or other type.
 */
export interface RenameTypeOperation {
/**
 * Kind of the operation.
 */
type: "renameType"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
}
/**
 * Creates a sequence.
 */
export interface CreateSequenceOperation {
/**
 * Kind of the operation.
 */
type: "createSequence"
sequence: DatabaseSequence
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
}
/**
 * A sequence.
 */
export interface DatabaseSequence {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Name.
 */
name: string
/**
 * Integer type; default `bigint`.
 */
type?: string
/**
 * Owning column as `table.column`.
 */
ownedBy?: string
/**
 * START, INCREMENT and the like, when not the default.
 */
options?: {
[k: string]: string
}
}
/**
 * Changes a sequence.
 */
export interface AlterSequenceOperation {
/**
 * Kind of the operation.
 */
type: "alterSequence"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * What follows the name, as written.
 */
changes?: string
/**
 * New owning column as `table.column`.
 */
ownedBy?: string
/**
 * Sets the current value.
 */
restart?: boolean
/**
 * New integer type.
 */
integerType?: string
}
/**
 * Drops a sequence.
 */
export interface DropSequenceOperation {
/**
 * Kind of the operation.
 */
type: "dropSequence"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a sequence.
 */
export interface RenameSequenceOperation {
/**
 * Kind of the operation.
 */
type: "renameSequence"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
}
/**
 * Creates or replaces a view or materialized view.
 */
export interface CreateViewOperation {
/**
 * Kind of the operation.
 */
type: "createView"
view: View
/**
 * OR REPLACE.
 */
orReplace?: boolean
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
/**
 * WITH NO DATA.
 */
withNoData?: boolean
}
/**
 * A view or materialized view.
 */
export interface View {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Name.
 */
name: string
/**
 * Defining query.
 */
query: string
/**
 * Materialized view.
 */
materialized?: boolean
/**
 * Column names, where known.
 */
columns?: string[]
/**
 * Indexes of a materialized view.
 */
indexes?: Index[]
/**
 * Tables, columns (`table.column`) and views that it reads, where known.
 */
dependsOn?: string[]
/**
 * Comment stored in the database.
 */
comment?: string
}
/**
 * Drops a view or materialized view.
 */
export interface DropViewOperation {
/**
 * Kind of the operation.
 */
type: "dropView"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * Materialized view.
 */
materialized?: boolean
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a view or materialized view.
 */
export interface RenameViewOperation {
/**
 * Kind of the operation.
 */
type: "renameView"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
/**
 * Materialized view.
 */
materialized?: boolean
}
/**
 * Fills a materialized view anew.
 */
export interface RefreshViewOperation {
/**
 * Kind of the operation.
 */
type: "refreshView"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * CONCURRENTLY.
 */
concurrently?: boolean
}
/**
 * Creates or replaces a function or procedure.
 */
export interface CreateRoutineOperation {
/**
 * Kind of the operation.
 */
type: "createRoutine"
routine: Routine
/**
 * OR REPLACE.
 */
orReplace?: boolean
}
/**
 * A function or procedure.
 */
export interface Routine {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
/**
 * Name.
 */
name: string
/**
 * Kind.
 */
kind: ("function" | "procedure" | "aggregate")
/**
 * Argument types that identify it, comma-separated.
 */
arguments: string
/**
 * The CREATE statement.
 */
definition: string
/**
 * Result type.
 */
returns?: string
/**
 * Default `volatile`.
 */
volatility?: ("immutable" | "stable" | "volatile")
}
/**
 * Drops a function or procedure.
 */
export interface DropRoutineOperation {
/**
 * Kind of the operation.
 */
type: "dropRoutine"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain name of the object.
 */
name: string
/**
 * Kind as written.
 */
kind?: ("function" | "procedure" | "aggregate" | "routine")
/**
 * Argument types, where written.
 */
arguments?: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Creates or replaces a trigger.
 */
export interface CreateTriggerOperation {
/**
 * Kind of the operation.
 */
type: "createTrigger"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
trigger: Trigger
/**
 * OR REPLACE.
 */
orReplace?: boolean
}
/**
 * Drops a trigger.
 */
export interface DropTriggerOperation {
/**
 * Kind of the operation.
 */
type: "dropTrigger"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a trigger.
 */
export interface RenameTriggerOperation {
/**
 * Kind of the operation.
 */
type: "renameTrigger"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
}
/**
 * Enables or disables triggers.
 */
export interface SetTriggerStateOperation {
/**
 * Kind of the operation.
 */
type: "setTriggerState"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Trigger; absent means all or all user triggers.
 */
name?: string
/**
 * New state.
 */
state: ("enabled" | "disabled" | "replica" | "always")
}
/**
 * Creates a row security policy.
 */
export interface CreatePolicyOperation {
/**
 * Kind of the operation.
 */
type: "createPolicy"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
policy: Policy
}
/**
 * Changes a row security policy.
 */
export interface AlterPolicyOperation {
/**
 * Kind of the operation.
 */
type: "alterPolicy"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
policy: Policy
/**
 * New name.
 */
to?: string
}
/**
 * Drops a row security policy.
 */
export interface DropPolicyOperation {
/**
 * Kind of the operation.
 */
type: "dropPolicy"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
}
/**
 * Enables, forces or disables row level security.
 */
export interface SetRowSecurityOperation {
/**
 * Kind of the operation.
 */
type: "setRowSecurity"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * New state.
 */
state: ("enabled" | "disabled" | "forced" | "not forced")
}
/**
 * Creates a schema.
 */
export interface CreateSchemaOperation {
/**
 * Kind of the operation.
 */
type: "createSchema"
/**
 * Plain name of the object.
 */
name: string
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
}
/**
 * Drops a schema.
 */
export interface DropSchemaOperation {
/**
 * Kind of the operation.
 */
type: "dropSchema"
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Renames a schema.
 */
export interface RenameSchemaOperation {
/**
 * Kind of the operation.
 */
type: "renameSchema"
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to: string
}
/**
 * Installs an extension.
 */
export interface CreateExtensionOperation {
/**
 * Kind of the operation.
 */
type: "createExtension"
/**
 * Plain name of the object.
 */
name: string
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
}
/**
 * Removes an extension.
 */
export interface DropExtensionOperation {
/**
 * Kind of the operation.
 */
type: "dropExtension"
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Sets or removes a comment.
 */
export interface SetCommentOperation {
/**
 * Kind of the operation.
 */
type: "setComment"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table?: string
/**
 * Kind of the object, in the words of COMMENT ON.
 */
kind: string
/**
 * Name of the object.
 */
name: string
/**
 * Text; absent removes it.
 */
comment?: string
}
/**
 * Grants, revokes, owners and default privileges.
 */
export interface ChangePrivilegesOperation {
/**
 * Kind of the operation.
 */
type: "changePrivileges"
/**
 * What is changed.
 */
kind: ("grant" | "revoke" | "owner" | "default")
/**
 * Object, as written.
 */
on?: string
/**
 * Roles concerned.
 */
roles?: string[]
}
/**
 * Creates an object that has no operation of its own.
 */
export interface CreateObjectOperation {
/**
 * Kind of the operation.
 */
type: "createObject"
object: OtherObject
/**
 * IF NOT EXISTS: nothing happens when the object is there.
 */
ifNotExists?: boolean
}
/**
 * An object known by kind and name only.
 */
export interface OtherObject {
/**
 * Schema of the object; absent means the default schema (PostgreSQL's `public`).
 */
schema?: string
kind: ObjectKind
/**
 * Name.
 */
name: string
/**
 * The CREATE statement, where known.
 */
definition?: string
}
/**
 * Changes an object that has no operation of its own.
 */
export interface AlterObjectOperation {
/**
 * Kind of the operation.
 */
type: "alterObject"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
kind: ObjectKind
/**
 * Plain name of the object.
 */
name: string
/**
 * New name.
 */
to?: string
}
/**
 * Drops an object that has no operation of its own.
 */
export interface DropObjectOperation {
/**
 * Kind of the operation.
 */
type: "dropObject"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
kind: ObjectKind
/**
 * Plain name of the object.
 */
name: string
/**
 * IF EXISTS: nothing happens when the object is not there.
 */
ifExists?: boolean
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Inserts rows.
 */
export interface InsertRowsOperation {
/**
 * Kind of the operation.
 */
type: "insertRows"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Columns written, where named.
 */
columns?: string[]
/**
 * Rows of a VALUES list.
 */
rows?: number
/**
 * The rows come from a query.
 */
fromQuery?: boolean
}
/**
 * Updates rows in one statement.
 */
export interface UpdateRowsOperation {
/**
 * Kind of the operation.
 */
type: "updateRows"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Columns written.
 */
columns?: string[]
/**
 * Condition as written; absent means every row.
 */
where?: string
/**
 * New value of each column, as an SQL expression.
 */
set?: {
[k: string]: string
}
/**
 * Further tables read.
 */
from?: string[]
}
/**
 * Deletes rows.
 */
export interface DeleteRowsOperation {
/**
 * Kind of the operation.
 */
type: "deleteRows"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * Condition as written; absent means every row.
 */
where?: string
}
/**
 * Empties a table.
 */
export interface TruncateTableOperation {
/**
 * Kind of the operation.
 */
type: "truncateTable"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * CASCADE: dependent objects go too.
 */
cascade?: boolean
}
/**
 * Fills columns of existing rows in batches by key, each batch its own transaction.
 */
export interface BackfillOperation {
/**
 * Kind of the operation.
 */
type: "backfill"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
/**
 * New value of each column, as an SQL expression over the row.
 */
set: {
[k: string]: string
}
/**
 * Rows to fill; absent means all.
 */
where?: string
/**
 * Key by which batches go.
 */
key?: string[]
/**
 * Rows of a batch.
 */
batchSize?: number
/**
 * Pause between batches, in seconds.
 */
pause?: number
}
/**
 * MERGE or COPY: writes rows from a query or a file.
 */
export interface MergeRowsOperation {
/**
 * Kind of the operation.
 */
type: "mergeRows"
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Plain table name.
 */
table: string
}
/**
 * A query that is run for its effect or for nothing (SELECT, VALUES, SHOW).
 */
export interface RunQueryOperation {
/**
 * Kind of the operation.
 */
type: "runQuery"
/**
 * Sequences that it sets (setval).
 */
sets?: string[]
}
/**
 * SET or RESET of a session setting.
 */
export interface SetSettingOperation {
/**
 * Kind of the operation.
 */
type: "setSetting"
/**
 * Setting.
 */
name: string
/**
 * New value; absent resets it.
 */
value?: string
/**
 * SET LOCAL: until the end of the transaction.
 */
local?: boolean
}
/**
 * BEGIN, COMMIT, ROLLBACK, SAVEPOINT and the like.
 */
export interface ControlTransactionOperation {
/**
 * Kind of the operation.
 */
type: "controlTransaction"
/**
 * What is done.
 */
action: ("begin" | "commit" | "rollback" | "savepoint" | "release" | "rollback to")
}
/**
 * LOCK TABLE.
 */
export interface LockTableOperation {
/**
 * Kind of the operation.
 */
type: "lockTable"
/**
 * Tables locked.
 */
tables: References[]
mode: LockMode
}
/**
 * VACUUM, ANALYZE, CLUSTER, CHECKPOINT.
 */
export interface MaintainOperation {
/**
 * Kind of the operation.
 */
type: "maintain"
/**
 * What is done.
 */
action: ("vacuum" | "analyze" | "cluster" | "checkpoint")
/**
 * Schema of the object; absent means the default schema.
 */
schema?: string
/**
 * Table; absent means all.
 */
table?: string
}
/**
 * Not understood; the plan says that it was not analysed.
 */
export interface UnknownOperation {
/**
 * Kind of the operation.
 */
type: "unknown"
/**
 * Why, one sentence.
 */
reason: string
/**
 * Tables it is known to name.
 */
tables?: string[]
}
/**
 * Three verdicts, never mixed: lock, data, code. An absent one is not known.
 */
export interface Verdicts {
lock?: LockVerdict
data?: DataVerdict
code?: CodeVerdict
}
/**
 * What is locked, how strongly and for how long.
 */
export interface LockVerdict {
basis: Basis
/**
 * Strongest lock on each relation that existed before; empty when only new relations are locked.
 */
locks: Lock[]
/**
 * Relations written anew.
 */
rewrites?: string[]
/**
 * Relations read in full.
 */
scans?: string[]
/**
 * Only relations that it creates are locked.
 */
newOnly?: boolean
duration?: Duration
/**
 * What else a reader must know, one sentence.
 */
note?: string
}
/**
 * Lock on one relation.
 */
export interface Lock {
/**
 * Relation, schema-qualified where not default.
 */
relation: string
mode: LockMode
/**
 * Held briefly, for a scan, or for a rewrite.
 */
held: ("brief" | "scan" | "rewrite")
}
/**
 * Run time as a range, in seconds.
 */
export interface Duration {
/**
 * Lower bound, seconds.
 */
min: number
/**
 * Upper bound, seconds.
 */
max: number
basis?: Basis
}
/**
 * Whether rows that exist can make it fail, and what is lost.
 */
export interface DataVerdict {
basis: Basis
/**
 * It cannot fail on existing rows, it may, or it loses data.
 */
outcome: ("safe" | "may fail" | "loses")
/**
 * Why, one sentence.
 */
reason?: string
/**
 * Id of the validation query that tells beforehand.
 */
query?: string
}
/**
 * Whether running code breaks and whether new code must wait.
 */
export interface CodeVerdict {
basis: Basis
/**
 * A release that runs today fails.
 */
breaksOld: boolean
/**
 * New code must wait for it.
 */
needsNew: boolean
/**
 * Why, one sentence.
 */
reason?: string
}
/**
 * A hazard that a rule found in a statement.
 */
export interface Finding {
/**
 * Rule id.
 */
rule: string
/**
 * The verdict it is a danger of.
 */
verdict: ("lock" | "data" | "code" | "advice")
/**
 * What was found, where, and what to do.
 */
message: string
/**
 * What to do instead.
 */
hint?: string
/**
 * Page of the rule.
 */
docs?: string
}
/**
 * A hazard that somebody has accepted.
 */
export interface Acceptance {
/**
 * Rule id.
 */
rule: string
/**
 * Why it is accepted.
 */
reason: string
/**
 * Who accepted it.
 */
by?: string
/**
 * Comment or configuration entry that says so.
 */
where?: string
}
/**
 * The schema's objects at one moment.
 */
export interface Snapshot {
/**
 * Schema that unqualified names mean; default `public`.
 */
defaultSchema?: string
/**
 * Schemas besides the default one.
 */
schemas?: string[]
/**
 * Installed extensions by name.
 */
extensions?: string[]
/**
 * Tables with their columns, constraints, indexes, triggers and policies.
 */
tables: Table[]
/**
 * Views and materialized views.
 */
views?: View[]
/**
 * Sequences, those owned by a serial column included; those of identity columns not.
 */
sequences?: DatabaseSequence[]
/**
 * Enum types.
 */
enums?: EnumType[]
/**
 * Domains.
 */
domains?: Domain[]
/**
 * Composite types made by CREATE TYPE … AS.
 */
compositeTypes?: CompositeType[]
/**
 * Functions and procedures, those of extensions excepted.
 */
routines?: Routine[]
/**
 * Objects of further kinds, known by kind and name only.
 */
objects?: OtherObject[]
}
/**
 * The plan's own migrations in the order in which they run.
 */
export interface Sequence {
/**
 * Planned migrations; order is the topological order of `dependsOn`, ties by the given order.
 */
migrations: PlannedMigration[]
/**
 * Deploys and waits that stand between migrations.
 */
gates?: Gate[]
/**
 * Where the end schema differs from that of the change as written.
 */
differences?: string[]
}
/**
 * One migration of the sequence.
 */
export interface PlannedMigration {
id: Id
/**
 * Name in the file, snake case.
 */
name: string
/**
 * Verb phrase for headings; made from the operations when absent.
 */
title?: string
/**
 * Path of its file, by the framework's convention.
 */
file?: string
/**
 * Path of its down file, where the framework or the plan has one.
 */
downFile?: string
/**
 * The framework's revision id, once known.
 */
revision?: string
/**
 * What it is for, one sentence.
 */
purpose?: string
phase?: Phase
/**
 * Id of the gate that must have passed.
 */
gateBefore?: string
transaction?: TransactionMode
/**
 * Why it runs outside a transaction.
 */
transactionReason?: string
/**
 * Migrations that must run before.
 */
dependsOn?: Id[]
/**
 * Its statements in order.
 */
statements: PlannedStatement[]
verdicts?: Verdicts
reversibility?: Reversibility
/**
 * Queries that verify this migration's own operations.
 */
validation?: ValidationQuery[]
duration?: Duration
status?: MigrationStatus
leftover?: Leftover
risk?: Level
/**
 * Why that risk, a few words.
 */
riskReason?: string
/**
 * File that holds its policies, where apart.
 */
policyFile?: string
}
/**
 * One statement of the sequence.
 */
export interface PlannedStatement {
/**
 * Text without the final semicolon; made from the operations when absent.
 */
sql?: string
/**
 * SQL that takes it back, without the final semicolon; empty when nothing needs doing; absent when nothing can.
 */
down?: string
/**
 * Where it comes from: a statement id of the change, or a rule id.
 */
from?: string
/**
 * Why this form and not the nearer one.
 */
why?: string
/**
 * What it does.
 */
operations: Operation[]
/**
 * What `down` does, in its order; empty when nothing needs doing.
 */
downOperations?: Operation[]
verdicts?: Verdicts
}
/**
 * Whether a migration can be taken back.
 */
export interface Reversibility {
/**
 * Restores everything; restores structure but loses data; cannot be undone.
 */
kind: ("reversible" | "lossy" | "irreversible")
/**
 * What the way back loses.
 */
loses?: string[]
/**
 * Why it cannot be undone, or only so.
 */
reason?: string
/**
 * Condition under which the way back is open.
 */
condition?: string
/**
 * Query that tells whether the condition holds.
 */
query?: string
/**
 * What to keep before it runs.
 */
backup?: string
transaction?: TransactionMode
duration?: Duration
basis?: Basis
}
/**
 * A query with its expected result.
 */
export interface ValidationQuery {
id: Id
/**
 * When it is asked.
 */
when: ("pre-flight" | "after backfill" | "after migration")
/**
 * Migration that it belongs to: before it (pre-flight) or after it.
 */
migration?: string
/**
 * What it proves, a few words.
 */
proves?: string
/**
 * Kind of check.
 */
check?: ("exists" | "absent" | "orphans" | "nulls" | "duplicates" | "violations" | "equal" | "valid" | "count" | "version" | "other")
/**
 * Query without the final semicolon.
 */
sql: string
/**
 * Expected result as a client prints it; `recorded` when it is noted for later.
 */
expected: string
/**
 * Result seen in the rehearsal.
 */
observed?: string
/**
 * What to do when the result differs.
 */
decision?: string
/**
 * Tables and columns it is about.
 */
objects?: string[]
/**
 * What running it costs.
 */
cost?: string
}
/**
 * How far the work on a migration has come.
 */
export interface MigrationStatus {
/**
 * State.
 */
state: ("pending" | "in-progress" | "testing" | "complete" | "applied")
/**
 * Furthest environment, when applied.
 */
environment?: string
/**
 * Time, ISO 8601 with zone, when applied.
 */
at?: string
}
/**
 * What a failed run outside a transaction may leave.
 */
export interface Leftover {
/**
 * What may be left.
 */
what: string
/**
 * Query that shows it.
 */
detect?: string
/**
 * Statement that removes it.
 */
remove?: string
/**
 * What to do next.
 */
then?: string
}
/**
 * A deploy or a wait between two migrations.
 */
export interface Gate {
id: Id
/**
 * What happens, one phrase.
 */
title: string
/**
 * Release that is deployed.
 */
release?: string
/**
 * Release that must be gone.
 */
retires?: string
/**
 * Migration after which it stands.
 */
after?: string
/**
 * Migration before which it stands.
 */
before?: string
/**
 * Waiting time, in days.
 */
wait?: number
/**
 * Further conditions.
 */
conditions?: string[]
/**
 * Why it stands here.
 */
purpose?: string
}
/**
 * What kind of change it is.
 */
export interface Classification {
/**
 * Whether running releases survive; computed from the code verdicts.
 */
changeType?: ("additive" | "breaking" | "mixed")
/**
 * What is touched.
 */
kinds?: ("schema" | "data" | "index" | "policy")[]
risk?: Level
/**
 * Users must not notice; a maintenance window is not allowed.
 */
zeroDowntime?: boolean
duration?: Duration
/**
 * Why the run time cannot be told: what depends on table size.
 */
durationUnknown?: string[]
/**
 * Explanation in paragraphs, given by a person.
 */
rationale?: string
/**
 * Computed reasons, one sentence each.
 */
reasons?: string[]
/**
 * Existing data is transformed beyond a copy.
 */
largeData?: boolean
}
/**
 * Tables that the change makes, alters or drops.
 */
export interface Tables {
/**
 * New tables.
 */
created?: CreatedTable[]
/**
 * Tables that were there and change, renamed ones included.
 */
modified?: ModifiedTable[]
/**
 * Tables that go.
 */
dropped?: DroppedTable[]
/**
 * Tables that exist only while the sequence runs.
 */
helpers?: HelperTable[]
/**
 * What is known of touched tables' size and use.
 */
facts?: TableFacts[]
}
/**
 * A new table as it stands after the change.
 */
export interface CreatedTable {
table: Table
/**
 * Name of its model in the application, when there is one.
 */
model?: string
/**
 * Rows that the change inserts, a few words.
 */
firstRows?: string
/**
 * Its foreign keys.
 */
relationships?: Relationship[]
/**
 * Migration that makes it.
 */
migration?: string
}
/**
 * A foreign key for readers.
 */
export interface Relationship {
/**
 * Referencing columns.
 */
columns: string[]
references: References
/**
 * Action on delete.
 */
onDelete?: ("no action" | "restrict" | "cascade" | "set null" | "set default")
/**
 * Action on update.
 */
onUpdate?: ("no action" | "restrict" | "cascade" | "set null" | "set default")
/**
 * Constraint name.
 */
name?: string
/**
 * An index starts with the columns.
 */
indexed?: boolean
}
/**
 * A table that was there and changes.
 */
export interface ModifiedTable {
/**
 * Schema; absent means the default schema.
 */
schema?: string
/**
 * Name before the change.
 */
name: string
/**
 * Name after the change.
 */
renamedTo?: string
risk?: Level
/**
 * Changes of columns.
 */
columns?: ColumnChange[]
/**
 * Changes of constraints.
 */
constraints?: ConstraintChange[]
/**
 * Changes of indexes.
 */
indexes?: IndexChange[]
/**
 * Further changes, one phrase each: triggers, policies, options.
 */
others?: string[]
/**
 * What existing rows look like afterwards, one sentence each.
 */
impact?: string[]
}
/**
 * A change of one column.
 */
export interface ColumnChange {
/**
 * What happens.
 */
change: ("ADD" | "MODIFY" | "DROP" | "RENAME")
/**
 * Name before the change.
 */
column: string
/**
 * Before: type with constraints, or the old name of a rename.
 */
from?: string
/**
 * After: type with constraints, or the new name of a rename.
 */
to?: string
/**
 * Default afterwards, as an SQL expression.
 */
default?: string
/**
 * A running release fails.
 */
breaking?: boolean
/**
 * Why it breaks or not, one sentence.
 */
reason?: string
/**
 * Dropped column of like type in the same change: perhaps a rename.
 */
possibleRenameOf?: string
basis?: Basis
}
/**
 * A change of one constraint.
 */
export interface ConstraintChange {
/**
 * What happens.
 */
change: ("ADD" | "MODIFY" | "DROP" | "RENAME" | "VALIDATE")
constraint?: Constraint
/**
 * Its name before.
 */
name?: string
/**
 * New name of a rename.
 */
to?: string
/**
 * Definition as SQL.
 */
definition?: string
}
/**
 * A change of one index.
 */
export interface IndexChange {
/**
 * What happens.
 */
change: ("ADD" | "MODIFY" | "DROP" | "RENAME")
/**
 * Its name before.
 */
name: string
/**
 * New name of a rename.
 */
to?: string
index?: Index
}
/**
 * A table that goes.
 */
export interface DroppedTable {
table: Table
/**
 * What breaks or is lost.
 */
reason?: string
}
/**
 * A table that exists only while the sequence runs.
 */
export interface HelperTable {
/**
 * Name.
 */
name: string
/**
 * What it is for.
 */
purpose: string
/**
 * Migration that makes it.
 */
from?: string
/**
 * Migration that drops it.
 */
until?: string
}
/**
 * Size and use of a table.
 */
export interface TableFacts {
/**
 * Table, schema-qualified where not default.
 */
table: string
/**
 * Number of rows.
 */
rows?: number
/**
 * Size with indexes, bytes.
 */
bytes?: number
/**
 * Rows written a second.
 */
writesPerSecond?: number
basis?: Basis
/**
 * Where the figures come from.
 */
source?: string
}
/**
 * An application version: what it reads and writes, and when it runs.
 */
export interface Release {
/**
 * Name.
 */
name: string
/**
 * What it reads.
 */
reads?: string
/**
 * What it writes.
 */
writes?: string
/**
 * Which schema it needs and tolerates.
 */
requirement?: string
/**
 * Which step or migration it must be ready for.
 */
ready?: string
}
/**
 * A batched transformation of existing rows.
 */
export interface DataMigration {
id?: Id
/**
 * Migration that runs it.
 */
migration?: string
/**
 * Table whose rows change.
 */
table: string
/**
 * Where values come from.
 */
source?: string
/**
 * Where values go.
 */
destination?: string
/**
 * What is done to a value, a few words.
 */
transformation: string
/**
 * A plain copy, nothing is transformed.
 */
copy?: boolean
/**
 * Rows concerned.
 */
rows?: number
/**
 * Key by which batches go.
 */
key?: string[]
/**
 * Rows of a batch.
 */
batchSize?: number
/**
 * Pause between batches, in seconds.
 */
pause?: number
/**
 * The statement of one batch or the call that runs all.
 */
sql?: string
/**
 * The statement of one batch, where `sql` is a call.
 */
batchSql?: string
/**
 * The same as one statement over the whole table: what not to run.
 */
wholeSql?: string
/**
 * Query that shows how far it has come.
 */
progress?: string
/**
 * How often to look, in minutes.
 */
progressEvery?: number
/**
 * Query that compares destination with source; expected 0.
 */
verify?: string
/**
 * How it goes on after a stop.
 */
resume?: string
/**
 * SQL that takes it back; or why nothing needs doing.
 */
reverse?: string
/**
 * Script that runs it outside a migration.
 */
script?: string
/**
 * What keeps the trail.
 */
audit?: string
duration?: Duration
}
/**
 * A seed script.
 */
export interface SeedScript {
/**
 * Path.
 */
path: string
/**
 * Table that it fills.
 */
table?: string
/**
 * Purpose.
 */
purpose?: string
/**
 * Where it runs; default `all`.
 */
environment?: ("all" | "development" | "production")
/**
 * Columns by which rows are told apart.
 */
naturalKey?: string[]
/**
 * Rows belong to users: existing ones are never changed.
 */
ownedByUsers?: boolean
/**
 * Other tables refer to its rows.
 */
referenced?: boolean
}
/**
 * Roles, policies and personal data.
 */
export interface Security {
/**
 * Database roles of the project.
 */
roles?: Role[]
/**
 * Policies that the change makes.
 */
policies?: PolicyRule[]
/**
 * Columns that hold personal data, `table.column`.
 */
personalData?: string[]
}
/**
 * A database role.
 */
export interface Role {
/**
 * Name.
 */
name: string
/**
 * It bypasses row level security.
 */
bypasses?: boolean
}
/**
 * A policy for readers.
 */
export interface PolicyRule {
/**
 * Table.
 */
table: string
policy: Policy
/**
 * File that holds it.
 */
file?: string
/**
 * Migration that makes it.
 */
migration?: string
}
/**
 * A query and its time limit.
 */
export interface PerformanceTarget {
/**
 * What it asks, a few words.
 */
name?: string
/**
 * SQL.
 */
query: string
/**
 * Limit, milliseconds.
 */
milliseconds?: number
/**
 * Index that it should use.
 */
index?: string
}
/**
 * A unit of work that is exported by id.
 */
export interface Task {
/**
 * Id: T001 migration, T010 model, T020 service or gate, T030 on API and UI; overflow by the hundred.
 */
id: string
/**
 * Kind.
 */
kind: ("setup" | "migration" | "model" | "service" | "gate" | "interface")
/**
 * Title, without id and tag.
 */
title: string
/**
 * Migrations that it is about.
 */
migrations?: Id[]
/**
 * Gate that it is about.
 */
gate?: string
/**
 * Table that it is about.
 */
table?: string
/**
 * Its migration builds indexes only.
 */
index?: boolean
/**
 * Its migration creates a table.
 */
createsTable?: boolean
/**
 * Task ids.
 */
dependsOn?: string[]
/**
 * Who does it.
 */
delegatedTo?: string
/**
 * Priority; P0 blocks.
 */
priority?: ("P0" | "P1" | "P2")
/**
 * Acceptance criteria of its own, one sentence each.
 */
criteria?: string[]
}
/**
 * A unit of work that is split by slug.
 */
export interface Subtask {
/**
 * Join key.
 */
slug: string
/**
 * Goal, one line.
 */
goal: string
effort?: Effort
/**
 * Risks of what it covers: one level, or two when they differ.
 */
risk?: Level[]
/**
 * Why, a few words.
 */
riskReason?: string
/**
 * Files that it writes.
 */
files?: SourceDocument[]
/**
 * Migrations that it covers.
 */
migrations?: Id[]
/**
 * Tables, indexes, constraints concerned.
 */
scope?: string[]
/**
 * When it may run in production.
 */
gate?: string
/**
 * What else to know, one or two sentences.
 */
note?: string
/**
 * Slugs.
 */
dependsOn?: string[]
/**
 * Test cases of its own.
 */
tests?: string[]
}
/**
 * Work time as a range, in days.
 */
export interface Effort {
/**
 * Lower bound, days.
 */
min: number
/**
 * Upper bound, days.
 */
max: number
}
/**
 * A command of the framework.
 */
export interface Command {
/**
 * What it is for; `query` reads SQL from standard input and prints the bare result.
 */
purpose: ("generate" | "apply" | "rollback" | "rollback all" | "current" | "history" | "status" | "reset" | "client" | "drift" | "resolve" | "test" | "models" | "query")
/**
 * Where it may run; default `any`.
 */
scope?: ("development" | "production" | "any")
/**
 * What it does, a few words.
 */
title?: string
/**
 * Command, without working directory and runner.
 */
command: string
/**
 * What to know about it, one or two sentences.
 */
note?: string
/**
 * It runs without the runner of the project: a client of the database, for example.
 */
bare?: boolean
/**
 * Migration or revision to which a rollback returns.
 */
returnsTo?: string
/**
 * Migration that a rollback takes back.
 */
migration?: string
}
/**
 * One act of the run: a migration, a data migration, a deploy or a check. Numbers follow the order.
 */
export interface Step {
id: Id
/**
 * Title.
 */
title: string
/**
 * Qualifier in parentheses.
 */
qualifier?: string
/**
 * Kind.
 */
kind: ("check" | "migration" | "data migration" | "deploy" | "archive" | "wait")
/**
 * Migrations that it runs.
 */
migrations?: Id[]
/**
 * Gate that it is.
 */
gate?: string
duration?: Duration
/**
 * Qualifier of the time.
 */
timeQualifier?: string
/**
 * What is done.
 */
actions?: string[]
/**
 * How one knows that it worked.
 */
verification?: Verification[]
/**
 * What users and the database feel, given by a person; else from the lock verdict.
 */
impact?: string
verdicts?: Verdicts
/**
 * Number of the run that it belongs to; default 1.
 */
run?: number
/**
 * Release that is deployed.
 */
release?: string
/**
 * Destructive and not yet approved: its statements stay commented out.
 */
optional?: boolean
/**
 * Functions of the application to test after it.
 */
functions?: string[]
}
/**
 * How one knows that a step worked.
 */
export interface Verification {
/**
 * Id of a validation query.
 */
query?: string
/**
 * Query, when it has no id.
 */
sql?: string
/**
 * Expected result.
 */
expected?: string
/**
 * Check that is no query.
 */
text?: string
}
/**
 * Ways back.
 */
export interface Rollback {
/**
 * One item for each step.
 */
points?: RollbackPoint[]
/**
 * Triggers that are not metrics.
 */
triggers?: RollbackTrigger[]
/**
 * Named procedures.
 */
procedures?: RollbackProcedure[]
/**
 * The framework's revision before the plan's first migration.
 */
returnTo?: string
/**
 * First migration that cannot be undone.
 */
pointOfNoReturn?: string
/**
 * Document that carries it out.
 */
document?: string
}
/**
 * What is possible after a step.
 */
export interface RollbackPoint {
step: Id
/**
 * What is possible.
 */
verdict: ("safe" | "with data loss" | "not possible")
/**
 * What is lost.
 */
loses?: string[]
/**
 * Why not.
 */
reason?: string
/**
 * The exact action.
 */
action?: string
/**
 * Condition.
 */
condition?: string
/**
 * Query that tells.
 */
query?: string
/**
 * The first step from which there is no way back.
 */
pointOfNoReturn?: boolean
basis?: Basis
}
/**
 * A condition that starts a rollback procedure and is not a metric.
 */
export interface RollbackTrigger {
id?: Id
/**
 * Critical functionality is broken, or data is corrupt.
 */
kind: ("functionality" | "data")
/**
 * Functions, or the check that shows it.
 */
text: string
/**
 * Procedure that follows.
 */
procedure?: string
}
/**
 * A named, ordered way back.
 */
export interface RollbackProcedure {
/**
 * Name.
 */
name: string
/**
 * Kind.
 */
kind?: ("stop" | "schema" | "restore" | "repair" | "code")
/**
 * Actions in order.
 */
actions: string[]
/**
 * SQL that it runs.
 */
sql?: string
}
/**
 * A metric that is watched.
 */
export interface Metric {
id?: Id
/**
 * Name.
 */
name: string
/**
 * Unit.
 */
unit?: string
/**
 * Where it is measured.
 */
source?: string
/**
 * Value in normal operation, in the unit.
 */
baseline?: number
alert?: Threshold
rollback?: Threshold
/**
 * It warns but never starts a rollback.
 */
alertOnly?: boolean
/**
 * What to do; names a rollback procedure where one follows.
 */
action?: string
/**
 * It applies only with replicas.
 */
onlyIfReplicas?: boolean
}
/**
 * A limit: relative to the baseline, or absolute.
 */
export interface Threshold {
/**
 * Per cent above the baseline when relative, else in the unit of the metric.
 */
value: number
/**
 * Relative to the baseline.
 */
relative?: boolean
/**
 * For how long, minutes.
 */
minutes?: number
}
/**
 * A listed risk.
 */
export interface Risk {
id?: Id
/**
 * What may happen.
 */
text: string
level?: Level
/**
 * How bad.
 */
impact?: ("critical" | "high" | "medium" | "low")
probability?: Level
/**
 * What is done about it.
 */
mitigation?: string
/**
 * Steps that it touches.
 */
steps?: Id[]
}
/**
 * Testing plan.
 */
export interface Testing {
/**
 * Test file.
 */
path?: string
/**
 * What users do and must still work.
 */
functions?: string[]
/**
 * Support team to notify.
 */
supportTeam?: string
/**
 * How long to watch afterwards, in days.
 */
watchDays?: number
}
/**
 * What must be true before the run.
 */
export interface Prerequisite {
id?: Id
/**
 * Kind; approvals are a part of their own.
 */
kind: ("code" | "backup" | "notification" | "other")
/**
 * What.
 */
text?: string
/**
 * Release.
 */
release?: string
backup?: Backup
/**
 * Team to notify.
 */
team?: string
}
/**
 * A backup.
 */
export interface Backup {
/**
 * Identity.
 */
id?: string
/**
 * When it was or will be made.
 */
at?: string
/**
 * Last restore test.
 */
restoreTest?: string
}
/**
 * A decision of a role, bound to a content hash.
 */
export interface Approval {
/**
 * Role.
 */
role: string
/**
 * What is approved; default `plan`.
 */
of?: ("plan" | "rollback plan" | "step")
/**
 * Step, when one step is approved apart.
 */
step?: string
/**
 * Decision; default `pending`.
 */
decision?: ("pending" | "approved" | "approved_with_conditions" | "needs_changes" | "rejected")
/**
 * Who.
 */
by?: string
/**
 * When, ISO 8601.
 */
at?: string
/**
 * Conditions.
 */
conditions?: string[]
/**
 * Hash of the content that was approved.
 */
hash?: string
/**
 * The content has changed since; computed.
 */
stale?: boolean
}
/**
 * Phases of the work and their durations.
 */
export interface Timeline {
/**
 * Phases in order.
 */
phases?: TimelinePhase[]
total?: Duration
/**
 * Buffer on top of the steps, per cent.
 */
buffer?: number
window?: Window
/**
 * A maintenance window is needed; computed.
 */
windowNeeded?: boolean
/**
 * Why, naming the worst lock.
 */
windowReason?: string
/**
 * Runs, when the steps do not all run in one sitting.
 */
runs?: Run[]
}
/**
 * A phase of the work.
 */
export interface TimelinePhase {
/**
 * Name.
 */
name: string
/**
 * Duration in days.
 */
days?: number
/**
 * Duration in hours, when below a day.
 */
hours?: number
/**
 * Names of phases.
 */
dependsOn?: string[]
/**
 * Completion criteria.
 */
done?: string
}
/**
 * When it may run.
 */
export interface Window {
/**
 * Start.
 */
from?: string
/**
 * End.
 */
to?: string
/**
 * Time zone.
 */
zone?: string
/**
 * In words.
 */
text?: string
}
/**
 * Steps that run in one sitting.
 */
export interface Run {
/**
 * Number.
 */
number: number
/**
 * Date, ISO, or when it may begin.
 */
date?: string
/**
 * Which release runs.
 */
releases?: string
duration?: Duration
}
/**
 * A change of application code.
 */
export interface CodeChange {
/**
 * Layer.
 */
layer: ("backend" | "frontend")
/**
 * File or component.
 */
file: string
/**
 * What kind of change.
 */
changeType?: string
/**
 * What changes.
 */
description?: string
/**
 * Release that carries it.
 */
release?: string
/**
 * Testing status; default `not-started`.
 */
testing?: ("not-started" | "in-progress" | "passed" | "failed")
}
/**
 * Documentation to update.
 */
export interface Documentation {
/**
 * Files.
 */
documents?: string[]
/**
 * An API changes.
 */
api?: boolean
}
/**
 * Who does the work, with what, for what result.
 */
export interface Delegation {
/**
 * Person, team or agent.
 */
assignee?: string
/**
 * Documents to hand over.
 */
context?: SourceDocument[]
/**
 * Expected deliverables.
 */
deliverables?: string[]
/**
 * Who does application work.
 */
backend?: string
}
/**
 * Believed true.
 */
export interface Assumption {
id?: Id
/**
 * What.
 */
text: string
/**
 * Who vouches for it.
 */
owner?: string
}
/**
 * Not yet known.
 */
export interface Question {
id: Id
/**
 * JSON pointer of the missing value.
 */
pointer?: string
/**
 * The question.
 */
question: string
/**
 * Who is asked.
 */
askedOf?: string
/**
 * When the answer is needed.
 */
neededBefore?: string
}
/**
 * Untrusted text given to the reader: material, not instructions.
 */
export interface InputArtifact {
/**
 * File name.
 */
name: string
/**
 * Text.
 */
content: string
}
/**
 * Stage of the process that the review belongs to.
 */
export interface Stage {
/**
 * Name.
 */
name?: string
/**
 * Output file name; default `migration-plan.md`.
 */
output?: string
/**
 * Role that reviews.
 */
reviewer?: string
}
/**
 * What a rehearsal observed.
 */
export interface Evidence {
engine: Engine
/**
 * Rows of each table when the rehearsal began.
 */
rows?: {
[k: string]: number
}
/**
 * What happened at each migration.
 */
migrations?: MigrationEvidence[]
/**
 * Catalogues that were compared.
 */
comparisons?: Comparison[]
/**
 * What was not tried, and limits.
 */
notes?: string[]
}
/**
 * Database engine of the rehearsal.
 */
export interface Engine {
/**
 * Name.
 */
name: string
/**
 * Version of the database.
 */
version: string
/**
 * Machine, a few words.
 */
machine?: string
}
/**
 * What happened at one migration.
 */
export interface MigrationEvidence {
migration: Id
/**
 * Direction; default `up`.
 */
direction?: ("up" | "down" | "up again")
/**
 * Its statements in order.
 */
statements: StatementEvidence[]
}
/**
 * What happened at one statement.
 */
export interface StatementEvidence {
/**
 * Text that ran.
 */
sql: string
/**
 * Locks seen.
 */
locks?: Lock[]
/**
 * Relations written anew.
 */
rewrites?: string[]
/**
 * Relations read in full.
 */
scans?: string[]
/**
 * Rows changed.
 */
rows?: number
/**
 * Run time in milliseconds.
 */
milliseconds?: number
/**
 * Error code and message.
 */
error?: string
}
/**
 * Two catalogues compared.
 */
export interface Comparison {
/**
 * What was compared.
 */
what: string
/**
 * No difference but those that are not counted.
 */
equal: boolean
/**
 * Differences.
 */
differences?: string[]
}
/**
 * A sitting of work.
 */
export interface Session {
/**
 * Date, ISO.
 */
date: string
/**
 * Author.
 */
author?: string
}
/**
 * An entry of the communication log; appended, never changed.
 */
export interface LogEntry {
/**
 * Time, ISO 8601 with zone.
 */
at: string
/**
 * Author.
 */
author: string
/**
 * One or more paragraphs of plain text.
 */
text: string
}
/**
 * Example used by the guide when the plan has no breaking change of its own.
 */
export interface Scenario {
/**
 * Table.
 */
table?: string
/**
 * Model.
 */
model?: string
/**
 * Application.
 */
app?: string
/**
 * Old column.
 */
from?: string
/**
 * New column.
 */
to?: string
/**
 * Column type.
 */
type?: string
}
/**
 * What made the document.
 */
export interface Producer {
/**
 * Producer named in the literal producer lines.
 */
name?: string
}
/**
 * A problem in somebody's file or context, as data.
 */
export interface Issue {
/**
 * Stable code.
 */
code: string
/**
 * What was found and what was expected.
 */
message: string
/**
 * File.
 */
file?: string
/**
 * Line.
 */
line?: number
/**
 * Column.
 */
column?: number
/**
 * JSON pointer.
 */
pointer?: string
/**
 * What to do.
 */
hint?: string
/**
 * Page.
 */
docs?: string
/**
 * Whether work can go on; default `error`.
 */
severity?: ("error" | "warning")
}
/**
 * The JSON beside a document: what tools need, so that none has to grep.
 */
export interface Companion {
/**
 * Address of this schema.
 */
$schema?: string
/**
 * Template name.
 */
template: string
/**
 * Template version.
 */
version: string
/**
 * SHA-256 of the context, hexadecimal.
 */
context: string
/**
 * SHA-256 of the document, its slots emptied, hexadecimal. Emptied means: `[ ]` for a tick, nothing for the content of a cell, a note or the log.
 */
document: string
/**
 * Clock value of the render.
 */
generated?: string
/**
 * Document file name.
 */
file?: string
/**
 * Title of the plan.
 */
title?: string
/**
 * Counts: tables, modifiedTables, migrations, tasks, questions, …
 */
counts: {
[k: string]: number
}
/**
 * Tables that the plan touches.
 */
entities?: string[]
/**
 * Migrations.
 */
migrations?: CompanionMigration[]
/**
 * Tasks or subtasks.
 */
tasks?: CompanionTask[]
/**
 * Steps with stable ids and printed numbers.
 */
steps?: CompanionStep[]
/**
 * Slots that readers change: checkboxes, cells, notes, log.
 */
items?: CompanionItem[]
/**
 * Open questions.
 */
questions?: Question[]
/**
 * What this template adds.
 */
extra?: {
[k: string]: unknown
}
}
/**
 * A migration.
 */
export interface CompanionMigration {
id: Id
/**
 * File.
 */
file?: string
phase?: Phase
/**
 * Migrations before it.
 */
dependsOn?: Id[]
/**
 * Kind of reversibility.
 */
reversibility?: string
/**
 * State.
 */
status?: string
}
/**
 * A task or subtask.
 */
export interface CompanionTask {
/**
 * Task id or slug.
 */
id: string
/**
 * Title.
 */
title: string
/**
 * Priority.
 */
priority?: string
/**
 * Ids.
 */
dependsOn?: string[]
/**
 * Migrations.
 */
migrations?: Id[]
risk?: Level
effort?: Effort
}
/**
 * A step.
 */
export interface CompanionStep {
id: Id
/**
 * Printed number.
 */
number: number
/**
 * Title.
 */
title: string
}
/**
 * A slot that a reader changes.
 */
export interface CompanionItem {
/**
 * Stable id from section and item.
 */
id: string
/**
 * Kind of slot.
 */
kind: ("tick" | "cell" | "note" | "log")
/**
 * Markdown by which it is found again: of a tick what follows its box, of a cell its default, of a note or log its text as rendered.
 */
text?: string
/**
 * Headings above it, outermost first, as written after their `#`.
 */
place?: string[]
/**
 * Line of the rendered document on which it begins.
 */
line?: number
/**
 * Of a cell: Markdown of the first cell of its row.
 */
row?: string
/**
 * Of a cell: heading of its column.
 */
column?: string
/**
 * Of a cell: values that it may take; absent means any.
 */
allowed?: string[]
/**
 * Of a note or log: the last line above it that is not blank.
 */
before?: string
/**
 * Of a note or log: the first line below it that is not blank; absent at the end of the document.
 */
after?: string
}
/**
 * Front matter of a template.
 */
export interface Manifest {
/**
 * Template name.
 */
name: string
/**
 * What it is called.
 */
title: string
/**
 * For whom, one sentence.
 */
description?: string
/**
 * Literal file name of the document.
 */
file: string
/**
 * Databases it can speak of; absent means all.
 */
databases?: ("postgresql" | "mysql" | "sqlite")[]
/**
 * Headings that other tools read literally.
 */
headings?: string[]
/**
 * Name of a further output of the template; the first one is the document.
 */
output?: string
}
