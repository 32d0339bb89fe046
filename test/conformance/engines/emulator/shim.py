"""ministack, plus the CloudFormation properties that its provisioners leave out. Prints each thing it only records."""
import datetime
import json
import re
import sys
import uuid
from xml.sax.saxutils import escape

from ministack import app
from ministack.core import iam_actions
from ministack.services import athena, cloudwatch, dynamodb, eventbridge, lambda_svc, s3, secretsmanager, sns
from ministack.services.cloudformation import provisioners

HANDLERS = provisioners._RESOURCE_HANDLERS
ACCOUNT, REGION = "000000000000", "us-east-1"


def say(text):
    print(f"emulator: {text}", flush=True)


def after(kind, apply):
    """Calls apply(physical_id, properties) once a resource of this kind was created or updated."""
    create, update = HANDLERS[kind]["create"], HANDLERS[kind]["update"]

    def wrapped_create(logical_id, props, stack):
        result = create(logical_id, props, stack)
        apply(result[0], props)
        return result

    def wrapped_update(physical_id, old, new, *rest, **named):
        result = update(physical_id, old, new, *rest, **named)
        apply(result[0], new)
        return result

    HANDLERS[kind].update(create=wrapped_create, update=wrapped_update)


def function_extras(name, props):
    function = lambda_svc._functions[name]
    function["concurrency"] = props.get("ReservedConcurrentExecutions")
    function["config"].pop("DeadLetterConfig", None)
    if props.get("DeadLetterConfig"):
        function["config"]["DeadLetterConfig"] = props["DeadLetterConfig"]


def bucket_extras(name, props):
    def put(call, root, inner):
        status, _headers, body = call(name, f"<{root}>{inner}</{root}>".encode())
        if status >= 300:
            raise ValueError(f"{root} of {name}: {body!r}")

    tags = "".join(f"<Tag><Key>{escape(t['Key'])}</Key><Value>{escape(t['Value'])}</Value></Tag>" for t in props.get("Tags", []))
    if tags:
        put(s3._put_bucket_tagging, "Tagging", f"<TagSet>{tags}</TagSet>")
    rules = ""
    for number, rule in enumerate(props.get("LifecycleConfiguration", {}).get("Rules", [])):
        inner = f"<ID>{escape(rule.get('Id', f'rule{number}'))}</ID><Filter><Prefix>{escape(rule.get('Prefix', ''))}</Prefix></Filter><Status>{rule['Status']}</Status>"
        if "ExpirationInDays" in rule:
            inner += f"<Expiration><Days>{rule['ExpirationInDays']}</Days></Expiration>"
        for move in rule.get("Transitions", []):
            inner += f"<Transition><Days>{move.get('TransitionInDays', 0)}</Days><StorageClass>{move['StorageClass']}</StorageClass></Transition>"
        if "NoncurrentVersionExpiration" in rule:
            inner += f"<NoncurrentVersionExpiration><NoncurrentDays>{rule['NoncurrentVersionExpiration']['NoncurrentDays']}</NoncurrentDays></NoncurrentVersionExpiration>"
        if "AbortIncompleteMultipartUpload" in rule:
            inner += f"<AbortIncompleteMultipartUpload><DaysAfterInitiation>{rule['AbortIncompleteMultipartUpload']['DaysAfterInitiation']}</DaysAfterInitiation></AbortIncompleteMultipartUpload>"
        rules += f"<Rule>{inner}</Rule>"
    if rules:
        put(s3._put_bucket_lifecycle, "LifecycleConfiguration", rules)
    for rule in props.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", []):
        default = rule["ServerSideEncryptionByDefault"]
        if default["SSEAlgorithm"].startswith("aws:kms") and "KMSMasterKeyID" not in default:
            continue  # ministack refuses objects under aws/s3, the key AWS would take
        key = f"<KMSMasterKeyID>{escape(default['KMSMasterKeyID'])}</KMSMasterKeyID>" if "KMSMasterKeyID" in default else ""
        put(s3._put_bucket_encryption, "ServerSideEncryptionConfiguration",
            f"<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>{default['SSEAlgorithm']}</SSEAlgorithm>{key}</ApplyServerSideEncryptionByDefault>"
            f"<BucketKeyEnabled>{str(rule.get('BucketKeyEnabled', False)).lower()}</BucketKeyEnabled></Rule>")


def table_extras(name, props):
    replica = (props.get("Replicas") or [{}])[0]
    if props.get("TimeToLiveSpecification"):
        dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": {"Enabled": True, **props["TimeToLiveSpecification"]}})
    backups = props.get("PointInTimeRecoverySpecification") or replica.get("PointInTimeRecoverySpecification")
    if backups:
        dynamodb._update_continuous_backups({"TableName": name, "PointInTimeRecoverySpecification": backups})


def topic_extras(arn, props):
    if props.get("KmsMasterKeyId"):
        sns._topics[arn]["attributes"]["KmsMasterKeyId"] = props["KmsMasterKeyId"]


after("AWS::Lambda::Function", function_extras)
after("AWS::S3::Bucket", bucket_extras)
after("AWS::DynamoDB::Table", table_extras)
HANDLERS["AWS::DynamoDB::GlobalTable"].setdefault("update", HANDLERS["AWS::DynamoDB::Table"]["update"])
after("AWS::DynamoDB::GlobalTable", table_extras)
after("AWS::SNS::Topic", topic_extras)

# Ref of a secret is its ARN, not its name.
secret = dict(HANDLERS["AWS::SecretsManager::Secret"])


def secret_name(physical_id):
    return re.sub(r"-\w{6}$", "", physical_id.split(":secret:", 1)[1]) if physical_id.startswith("arn:") else physical_id


def secret_create(logical_id, props, stack):
    _, attributes = secret["create"](logical_id, props, stack)
    return attributes["Arn"], attributes


def secret_update(physical_id, old, new, *rest, **named):
    _, attributes = secret["update"](secret_name(physical_id), old, new, *rest, **named)
    return attributes["Arn"], attributes


HANDLERS["AWS::SecretsManager::Secret"].update(create=secret_create, update=secret_update, delete=lambda physical_id, props: secret["delete"](secret_name(physical_id), props))

# A label of a secret moves to the version that is put under it.
put_secret_value = secretsmanager._put_secret_value


def put_and_move(data):
    _, known = secretsmanager._resolve(data.get("SecretId"))
    for version in known["Versions"].values() if known else []:
        version["Stages"] = [label for label in version["Stages"] if label == "AWSCURRENT" or label not in data.get("VersionStages", [])]
    return put_secret_value(data)


secretsmanager._put_secret_value = put_and_move

# EventBridge Scheduler's context attributes in a target's input.
invoke_target = eventbridge._invoke_target


def invoke_scheduled(target, event, rule, view=None):
    if event.get("Source") == "aws.scheduler" and target.get("Input"):
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = {"scheduled-time": now, "execution-id": str(uuid.uuid4()), "schedule-arn": rule.get("Arn", ""), "attempt-number": "1"}
        target = {**target, "Input": re.sub(r"<aws\.scheduler\.([a-z-]+)>", lambda m: values.get(m[1], m[0]), target["Input"])}
    return invoke_target(target, event, rule, view)


eventbridge._invoke_target = invoke_scheduled


def record_only(kind, arn):
    def attributes(physical_id):
        return {"Arn": arn.format(id=physical_id, region=REGION, account=ACCOUNT), "Id": physical_id}

    def create(logical_id, props, stack):
        physical_id = next((props[k] for k in props if k in ("Name", "AlarmName", "ConfigurationName") or re.fullmatch(r"\w+Id", k) and isinstance(props[k], str) and k != "AwsAccountId"), f"{stack}-{logical_id}")
        say(f"{kind} {logical_id} is recorded, nothing more")
        return physical_id, attributes(physical_id)

    HANDLERS[kind] = {"create": create, "update": lambda physical_id, old, new, stack, *a, **k: (physical_id, attributes(physical_id)), "delete": lambda physical_id, props: None}


for kind, arn in {
    "AWS::QuickSight::DataSource": "arn:aws:quicksight:{region}:{account}:datasource/{id}",
    "AWS::QuickSight::DataSet": "arn:aws:quicksight:{region}:{account}:dataset/{id}",
    "AWS::QuickSight::Analysis": "arn:aws:quicksight:{region}:{account}:analysis/{id}",
    "AWS::QuickSight::Dashboard": "arn:aws:quicksight:{region}:{account}:dashboard/{id}",
    "AWS::QuickSight::RefreshSchedule": "arn:aws:quicksight:{region}:{account}:refresh-schedule/{id}",
    "AWS::Chatbot::SlackChannelConfiguration": "arn:aws:chatbot::{account}:chat-configuration/slack-channel/{id}",
    "AWS::CloudWatch::CompositeAlarm": "arn:aws:cloudwatch:{region}:{account}:alarm:{id}",
    "AWS::CloudWatch::AnomalyDetector": "arn:aws:cloudwatch:{region}:{account}:anomaly-detector:{id}",
}.items():
    if kind not in HANDLERS:
        record_only(kind, arn)

if "AWS::Athena::NamedQuery" not in HANDLERS:
    def named_query(logical_id, props, stack):
        answer = json.loads(athena._create_named_query(props)[2])
        return answer["NamedQueryId"], {"NamedQueryId": answer["NamedQueryId"]}

    HANDLERS["AWS::Athena::NamedQuery"] = {"create": named_query, "delete": lambda physical_id, props: athena._delete_named_query({"NamedQueryId": physical_id})}

# Metric maths in an alarm: recorded.
alarm = dict(HANDLERS["AWS::CloudWatch::Alarm"])


def alarm_record(name, props, otherwise):
    if not props.get("Metrics"):
        return otherwise()
    say(f"alarm {name} uses metric maths and is recorded, nothing more")
    return name, {"Arn": f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}"}


HANDLERS["AWS::CloudWatch::Alarm"].update(
    create=lambda logical_id, props, stack: alarm_record(props.get("AlarmName") or f"{stack}-{logical_id}", props, lambda: alarm["create"](logical_id, props, stack)),
    update=lambda physical_id, old, new, *a, **k: alarm_record(physical_id, new, lambda: alarm["update"](physical_id, old, new, *a, **k)),
    delete=lambda physical_id, props: None if props.get("Metrics") else alarm["delete"](physical_id, props))

# Alarms over the metrics that the emulator itself records are judged at once.
record_metric = cloudwatch.record_metric


def record_and_judge(*args, **named):
    record_metric(*args, **named)
    cloudwatch._evaluate_all_alarms()


cloudwatch.record_metric = record_and_judge

# Under AUTH=true a request over loopback counts as one over TLS, so that enforceSSL policies can be deployed as they are.
pin_request_origin = app.pin_request_origin
app.pin_request_origin = lambda address, secure: pin_request_origin(address, True)

# The batch calls are authorised by the action of the single call.
extract_iam_action = iam_actions.extract_iam_action
SINGLE = {"sqs:SendMessageBatch": "sqs:SendMessage", "sqs:DeleteMessageBatch": "sqs:DeleteMessage", "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility", "sns:PublishBatch": "sns:Publish"}


def single_action(*args, **named):
    action = extract_iam_action(*args, **named)
    return SINGLE.get(action, action)


iam_actions.extract_iam_action = single_action

# A database is named by Name in the calls about it, which is taken for a table's.
extract_resource_arn = iam_actions.extract_resource_arn


def resource_arn(service, method, path, headers, *args, **named):
    arn = extract_resource_arn(service, method, path, headers, *args, **named)
    about = {name.lower(): value for name, value in headers.items()}.get("x-amz-target", "")
    return arn.replace(":table/", ":database/", 1) if service == "glue" and re.search(r"\.(Get|Update|Delete)Database$", about) else arn


iam_actions.extract_resource_arn = resource_arn


# IAM refuses a longer managed policy; white space does not count.
def policy_within_quota(physical_id, props):
    document = props["PolicyDocument"]
    size = len(json.dumps(json.loads(document) if isinstance(document, str) else document, separators=(",", ":")))
    if size > 6144:
        raise ValueError(f"Cannot exceed quota for PolicySize: 6144 ({physical_id} has {size})")


after("AWS::IAM::ManagedPolicy", policy_within_quota)

if __name__ == "__main__":
    sys.exit(app.main())
