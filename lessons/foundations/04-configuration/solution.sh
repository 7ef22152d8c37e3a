# step: create
kubectl create configmap theme --from-literal=COLOR=blue
kubectl rollout status deployment/painter
# step: variables
kubectl patch configmap theme -p '{"data":{"COLOR":"green"}}'
kubectl rollout restart deployment painter
kubectl rollout status deployment/painter
sleep 15
# step: files
kubectl patch configmap notice -p '{"data":{"message":"open"}}'
sleep 120
# step: secret
kubectl create secret generic login --from-literal=password=correct-horse
kubectl wait --for=condition=Ready pod/vault --timeout=120s
