# step: run
kubectl run web --image=nginx:1.27
kubectl wait --for=condition=Ready pod/web --timeout=60s
# step: inside
kubectl exec web -- sh -c 'echo hello > /usr/share/nginx/html/index.html'
# step: broken
kubectl set image pod/typo typo=nginx:1.27
kubectl wait --for=condition=Ready pod/typo --timeout=120s
# step: clean-up
kubectl delete pod typo
